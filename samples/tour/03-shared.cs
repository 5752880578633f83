#:property PublishAot=false
#:project ../Parley.Tour/Parley.Tour.csproj

// Shared ownership: the last one turns off the light
//
// Memory that nobody refers to is collected, sometime. A socket, a file or a pooled buffer must be given back at a known
// moment: when the last of those who use it is done. `using` will do while there is one owner. With several, who may be done
// in any order and on any thread, each has a share, a count says how many there are, and at zero the thing is released.
//
// The trap: a share that is given on without being counted. Then the count comes to zero while somebody still reads, and
// with pooled memory that reader sees another message's bytes. The other way round, a share that is never given back keeps
// the thing for ever. So: whoever hands a thing on makes the new share first, and every share is disposed of once.
//
// In Parley: src/Parley.Core/Delivery/LogBlock.cs holds the bytes of messages. The log has one share, and every outbox that
// has still to send some of them has another; the last gives the block back to src/Parley.Core/Delivery/LogBlockPool.cs.
//
// Output:
//   the log and two readers: 3 owners
//   the log lets go: 2 owners
//   a reader is done, one is left
//   the last sends: hello
//   block released
//   the last is done: 0 owners
//   too late for another share: ObjectDisposedException

using Parley.Tour;

var log = new Shared<Block>(new Block("hello"));
Shared<Block> slow = log.Share();
Shared<Block> quick = log.Share();
Console.WriteLine($"the log and two readers: {log.OwnerCount} owners");

log.Dispose();
log.Dispose(); // an owner counts once, however often it is disposed of
Console.WriteLine($"the log lets go: {slow.OwnerCount} owners");

var reader = new Thread(quick.Dispose);
reader.Start();
reader.Join();
Console.WriteLine(slow.OwnerCount == 1 ? "a reader is done, one is left" : "miscounted");

Console.WriteLine($"the last sends: {slow.Value.Text}");
slow.Dispose();
Console.WriteLine($"the last is done: {slow.OwnerCount} owners");

try
{
    slow.Share();
}
catch (ObjectDisposedException e)
{
    Console.WriteLine($"too late for another share: {e.GetType().Name}");
}

internal sealed class Block(string text) : IDisposable
{
    public string Text { get; } = text;

    public void Dispose() => Console.WriteLine("block released");
}
