#:property PublishAot=false

// A rendezvous: the writer waits for the reader
//
// A channel that holds nothing. A write lasts until a reader has the item in hand, so the writer knows that it was taken: the
// two meet. With any buffer, be it of one item, a finished write says only that the item was put somewhere. In .NET it is a
// bounded channel of capacity zero.
//
// The trap: writing and then reading on the same task. In a rendezvous nobody comes, and the program waits for ever; with a
// buffer it would have worked until the day the buffer was full. It is a good way to find such a mistake early.
//
// In Parley: src/Parley.Net/Pipelines/ParallelSelect.cs hands outcomes over in this way, so that no worker is ahead of who
// reads them.
//
// Output:
//   nobody reads: False
//   the writer waits: True
//   the reader has: letter
//   the writer goes on
//   somebody reads now: True
//   the reader has: parcel
//   a write that was given up: Canceled, and has left nothing: True

using System.Threading.Channels;

Channel<string> counter = Channel.CreateBounded<string>(0);
Console.WriteLine($"nobody reads: {counter.Writer.TryWrite("postcard")}");

Task writing = counter.Writer.WriteAsync("letter").AsTask();
Console.WriteLine($"the writer waits: {!writing.IsCompleted}");
Console.WriteLine($"the reader has: {await counter.Reader.ReadAsync()}");
await writing;
Console.WriteLine("the writer goes on");

Task<string> reading = counter.Reader.ReadAsync().AsTask();
Console.WriteLine($"somebody reads now: {counter.Writer.TryWrite("parcel")}");
Console.WriteLine($"the reader has: {await reading}");

using var patience = new CancellationTokenSource();
Task given = counter.Writer.WriteAsync("telegram", patience.Token).AsTask();
await patience.CancelAsync();
await given.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
Console.WriteLine($"a write that was given up: {given.Status}, and has left nothing: {!counter.Reader.TryRead(out _)}");
