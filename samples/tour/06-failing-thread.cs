#:property PublishAot=false

// A thread that fails, and what its joiner sees
//
// What a task throws is kept in the task. Awaiting it throws the same exception again, there, with the stack of where it
// happened. Several tasks at once: WhenAll waits for all of them, the await throws one of the failures, and the task that
// WhenAll gave has every one of them, in no promised order.
//
// The trap: a bare Thread keeps nothing. An exception that leaves its method ends the whole process, and Join cannot tell
// a thread that failed from one that finished. So a bare thread catches what it throws and hands it over itself. And a
// failed task that nobody awaits fails in silence.
//
// In Parley: src/Parley.Server/Transport/Loop/SocketLoop.cs runs on bare threads, so it catches what a handler throws, logs
// it and goes on; in src/Parley.Server/Hosting/LineListeners.cs a connection that fails is logged where its task ends.
//
// Output:
//   awaited: the door is locked
//   all of them: the door is locked; the key is lost
//   the joiner of the thread: the window is shut

try
{
    await Task.Run(() => Fail("the door is locked"));
}
catch (InvalidOperationException e)
{
    Console.WriteLine($"awaited: {e.Message}");
}

Task both = Task.WhenAll(Task.Run(() => Fail("the door is locked")), Task.Run(() => Fail("the key is lost")));
try
{
    await both;
}
catch (InvalidOperationException)
{
    IEnumerable<string> messages = both.Exception!.InnerExceptions.Select(e => e.Message).Order();
    Console.WriteLine($"all of them: {string.Join("; ", messages)}");
}

Exception? failure = null;
var thread = new Thread(() =>
{
    try
    {
        Fail("the window is shut");
    }
    catch (InvalidOperationException e)
    {
        failure = e;
    }
});
thread.Start();
thread.Join();
Console.WriteLine($"the joiner of the thread: {failure?.Message}");

static void Fail(string why) => throw new InvalidOperationException(why);
