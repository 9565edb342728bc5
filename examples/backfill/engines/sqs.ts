import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { listAndStorePage, type PageServices } from '../src/list-and-store-page.ts'

export async function workOnSqs(sqs: SQSClient, QueueUrl: string, services: PageServices): Promise<void> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))
  for (const { MessageId, Body = '', ReceiptHandle } of Messages) {
    // An error leaves the message where it is: it comes back after its visibility timeout.
    const next = await listAndStorePage(services, JSON.parse(Body))
    if (next !== null) {
      // For five minutes, however often this message is delivered, the queue takes one message after it.
      const once = { MessageGroupId: next.participantId, MessageDeduplicationId: MessageId }
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(next), ...once }))
    }
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
  }
}
