#:property PublishAot=false

// Sharing a number: atomic counts
//
// `count++` is three steps: read, add, write. When two threads read before either writes, one of the two counts is lost.
// Interlocked does the three steps as one. For more than an addition, read the value, compute the new one, and put it there
// with CompareExchange on condition that nobody was faster; if somebody was, start over with what they wrote.
//
// The trap: it works in every test. The window is a few nanoseconds wide, so the loss comes one day under load. The first
// part below forces it: a barrier holds both threads between their read and their write.
//
// In Parley: src/Parley.Core/Delivery/LogBlock.cs counts who uses a block with Increment and Decrement;
// src/Parley.Core/Delivery/CoalescedFlush.cs moves between its four states with CompareExchange.
//
// Output:
//   read, then write: 1 of 2
//   Interlocked.Increment: 200000 of 200000
//   the highest of all bids: 99999

int plain = 0;
using (var between = new Barrier(2))
{
    InTwoThreads(_ =>
    {
        int read = plain;
        between.SignalAndWait();
        plain = read + 1;
    });
}

Console.WriteLine($"read, then write: {plain} of 2");

int atomic = 0;
InTwoThreads(_ =>
{
    for (int i = 0; i < 100_000; i++)
    {
        Interlocked.Increment(ref atomic);
    }
});
Console.WriteLine($"Interlocked.Increment: {atomic} of 200000");

// One thread bids the even numbers, the other the odd ones.
int highest = 0;
InTwoThreads(thread =>
{
    for (int bid = thread; bid < 100_000; bid += 2)
    {
        RaiseTo(ref highest, bid);
    }
});
Console.WriteLine($"the highest of all bids: {highest}");

static void RaiseTo(ref int highest, int bid)
{
    int seen = Volatile.Read(ref highest);
    while (bid > seen)
    {
        int found = Interlocked.CompareExchange(ref highest, bid, seen);
        if (found == seen)
        {
            return;
        }

        seen = found;
    }
}

static void InTwoThreads(Action<int> work)
{
    Thread[] threads = [new(() => work(0)), new(() => work(1))];
    Array.ForEach(threads, thread => thread.Start());
    Array.ForEach(threads, thread => thread.Join());
}
