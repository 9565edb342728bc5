/**
 * What every request needs of undici. It loads in a third of the time that all of undici takes, most of which is `fetch`,
 * caches and mocks. undici does not document these paths: if they move, all of it is loaded.
 */

export { default as buildConnector } from 'undici/lib/core/connect.js'
export { default as Agent } from 'undici/lib/dispatcher/agent.js'
