#:property PublishAot=false
#:project ../../src/Parley.Net/Parley.Net.csproj

// A rendezvous: the writer waits for the reader
//
// A channel that holds nothing. A write lasts until a reader has the item in hand, so the writer knows that it was taken: the
// two meet. With any buffer, be it of one item, a finished write says only that the item was put somewhere. .NET has no
// channel of capacity zero, so Parley.Net has one.
//
// The trap: writing and then reading on the same task. In a rendezvous nobody comes, and the program waits for ever; with a
// buffer it would have worked until the day the buffer was full. It is a good way to find such a mistake early.
//
// In Parley: src/Parley.Net/Concurrency/RendezvousChannel.cs is the channel; in src/Parley.Net/Concurrency/Meeting.cs a
// writer finds the reader that waits, or waits for one.
//
// Output:
//   nobody reads: False
//   the writer waits: True
//   the reader has: letter
//   the writer goes on
//   somebody reads now: True
//   the reader has: parcel
//   a write that was given up: Canceled, and has left nothing: True

using Parley.Net.Concurrency;

var counter = new RendezvousChannel<string>();
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
