#:property PublishAot=false

// A bounded channel: full means wait
//
// A queue with room for two. The third writer waits until the reader has taken something, so a fast producer is slowed down
// to the pace of its consumer: that is backpressure. If waiting will not do, FullMode names another answer: drop the newest,
// the oldest, or the one that wants in. Whichever it is, memory has a bound.
//
// The trap: a bound without a thought about what happens when it is reached. A producer that waits holds up everything
// behind it; if the reader in turn waits for that producer, both wait for ever. One slow member must not stop a room: there
// the answer is one bounded queue for each member, and dropping with a notice.
//
// In Parley: src/Parley.Core/Delivery/OverflowPolicy.cs names what happens to a reader that falls behind, and
// src/Parley.Core/Delivery/Outbox.cs does it; nobody in the room waits.
//
// Output:
//   two fit: True, True
//   a third does not: False
//   the third writer waits: True
//   taken: first
//   now the third is in: True
//   then: second, third
//   dropping the oldest: second, third

using System.Threading.Channels;

var channel = Channel.CreateBounded<string>(capacity: 2);
Console.WriteLine($"two fit: {channel.Writer.TryWrite("first")}, {channel.Writer.TryWrite("second")}");
Console.WriteLine($"a third does not: {channel.Writer.TryWrite("third")}");

Task waiting = channel.Writer.WriteAsync("third").AsTask();
Console.WriteLine($"the third writer waits: {!waiting.IsCompleted}");

Console.WriteLine($"taken: {await channel.Reader.ReadAsync()}");
await waiting;
Console.WriteLine($"now the third is in: {waiting.IsCompletedSuccessfully}");
Console.WriteLine($"then: {await channel.Reader.ReadAsync()}, {await channel.Reader.ReadAsync()}");

var newest = Channel.CreateBounded<string>(new BoundedChannelOptions(2) { FullMode = BoundedChannelFullMode.DropOldest });
foreach (string item in new[] { "first", "second", "third" })
{
    await newest.Writer.WriteAsync(item);
}

Console.WriteLine($"dropping the oldest: {await newest.Reader.ReadAsync()}, {await newest.Reader.ReadAsync()}");
