#:property PublishAot=false

// Waiting, but not for ever
//
// A timeout is a cancellation that comes by itself: a token source made with a time, and its token passed to whatever waits.
// The wait ends with OperationCanceledException; the channel is as before, and nothing is lost.
//
// The trap: WaitAsync(timeout) on a task that reads. It stops waiting for the read; the read itself goes on, and the item
// that comes next is given to it, that is, to nobody. Give the token to the operation itself. WaitAsync is for what cannot
// be cancelled and whose result nobody will miss.
//
// A time of zero or a millisecond is no more certain to be over than an hour is certain not to be. Below nobody writes
// before the timeout has come, so the order is forced.
//
// In Parley: src/Parley.Client/ParleyConnection.cs limits how long a connect may take, on a clock that tests move by hand;
// src/Parley.Server/Connections/LineConnection.cs limits how long a connection is given to take what is pending.
//
// Output:
//   with a token: nothing came
//   what is written later is there: first
//   with WaitAsync: nothing came
//   what is written later is there: False
//   the read that nobody waited for has it: second

using System.Threading.Channels;

var channel = Channel.CreateUnbounded<string>();
TimeSpan patience = TimeSpan.FromMilliseconds(50);

using (var timeout = new CancellationTokenSource(patience, TimeProvider.System))
{
    try
    {
        await channel.Reader.ReadAsync(timeout.Token);
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine("with a token: nothing came");
    }
}

channel.Writer.TryWrite("first");
Console.WriteLine($"what is written later is there: {await channel.Reader.ReadAsync()}");

Task<string> abandoned = channel.Reader.ReadAsync().AsTask();
try
{
    await abandoned.WaitAsync(patience, TimeProvider.System);
}
catch (TimeoutException)
{
    Console.WriteLine("with WaitAsync: nothing came");
}

channel.Writer.TryWrite("second");
Console.WriteLine($"what is written later is there: {channel.Reader.TryRead(out _)}");
Console.WriteLine($"the read that nobody waited for has it: {await abandoned}");
