#:property PublishAot=false
#:project ../Parley.Tour/Parley.Tour.csproj

// A poisoned lock
//
// When a thread throws in the middle of a change, `lock` lets go, and the next thread finds the value half changed without
// knowing it. A PoisonMutex remembers: whoever comes next gets a PoisonedException with what went wrong inside, until
// somebody who knows how has mended the value. The mutex owns what it guards, so there is no way to it without the lock.
//
// The trap: catching the error and going on. The lock is free, nothing is logged, and what was a failed transfer becomes a
// wrong balance that is found weeks later. Where a change cannot fail half-way (compute first, assign last), a plain lock is
// enough, and better: keep what can throw outside.
//
// In Parley: samples/Parley.Tour/PoisonMutex.cs is the lock. The same thought about a socket is in
// src/Parley.Client/ParleyConnection.cs: after a line that was cut off half-way, nothing can be sent any more.
//
// Output:
//   before: left 600, right 400
//   the transfer: right is closed
//   the next one: PoisonedException because right is closed
//   mended: left 600, right 400
//   once more: left 500, right 500

using Parley.Tour;

var accounts = new PoisonMutex<Accounts>(new Accounts(600, 400));
Console.WriteLine($"before: {Show()}");

var thread = new Thread(() =>
{
    try
    {
        Transfer(100, rightIsClosed: true);
    }
    catch (InvalidOperationException e)
    {
        Console.WriteLine($"the transfer: {e.Message}");
    }
});
thread.Start();
thread.Join();

try
{
    Transfer(100);
}
catch (PoisonedException e)
{
    Console.WriteLine($"the next one: {nameof(PoisonedException)} because {e.InnerException?.Message}");
}

// The hundred that left one side never came to the other: the total says how much is missing.
accounts.Recover((ref Accounts both) => both = both with { Left = 1000 - both.Right });
Console.WriteLine($"mended: {Show()}");

Transfer(100);
Console.WriteLine($"once more: {Show()}");

void Transfer(int amount, bool rightIsClosed = false) => accounts.Lock((ref Accounts both) =>
{
    both = both with { Left = both.Left - amount };
    if (rightIsClosed)
    {
        throw new InvalidOperationException("right is closed");
    }

    both = both with { Right = both.Right + amount };
});

string Show() => accounts.Lock((ref Accounts both) => $"left {both.Left}, right {both.Right}");

internal sealed record Accounts(int Left, int Right);
