#!/usr/bin/env python3
"""Scores a RabbitMQ queue: rabbitmq_worker.py URL QUEUE ANSWERS [stance classify's flags]

Each message is an article (a JSON object). Its predictions are published to the queue ANSWERS, and it is acknowledged when the broker has
confirmed them. Articles of a worker that dies are delivered to another one."""
import json, subprocess, sys
import pika  # Debian: python3-pika

url, queue, answers, *flags = sys.argv[1:]
stance = subprocess.Popen(["stance", "classify", "--format", "jsonl", "--stream", "--done", "--quiet", *flags, "-"],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE)
channel = pika.BlockingConnection(pika.URLParameters(url)).channel()
channel.queue_declare(queue, durable=True)
channel.queue_declare(answers, durable=True)
channel.confirm_delivery()
channel.basic_qos(prefetch_count=32)


def answer(body):
    stance.stdin.write(b" ".join(body.splitlines()) + b"\n")  # one line; a message that is no JSON is rejected with a reason
    stance.stdin.flush()
    for line in iter(stance.stdout.readline, b""):
        yield line
        if b'"done":true' in line and json.loads(line).get("done"):
            return
    sys.exit("stance ended")


for method, properties, body in channel.consume(queue):
    persistent = pika.BasicProperties(delivery_mode=2, message_id=properties.message_id)
    channel.basic_publish("", answers, b"".join(answer(body)), persistent, mandatory=True)
    channel.basic_ack(method.delivery_tag)
