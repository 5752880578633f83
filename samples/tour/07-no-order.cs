#:property PublishAot=false

// Several threads in no particular order
//
// Three threads each say three things. Each thread's own lines come in the order in which it says them; how the lines of
// different threads mix is decided by the scheduler, anew with every run. What all of them did before the joins is certain
// afterwards, so the last line always comes last, and the sum is always the same.
//
// The trap: running it a few times and taking the order one happens to see for a promise. If an order matters, something
// must make it: a join, a channel, a barrier, one broker who decides. Sleeping "long enough" is not such a thing.
//
// In Parley: src/Parley.Core/Broker/IBroker.cs is the one who decides in which order the messages of a room come.
//
// Output, in any order:
//   ana says 1
//   ana says 2
//   ana says 3
//   ben says 1
//   ben says 2
//   ben says 3
//   cem says 1
//   cem says 2
//   cem says 3
// Then:
//   all have spoken, 9 lines

int lines = 0;
Thread[] threads = [.. new[] { "ana", "ben", "cem" }.Select(name => new Thread(() => Speak(name)))];
foreach (Thread thread in threads)
{
    thread.Start();
}

foreach (Thread thread in threads)
{
    thread.Join();
}

Console.WriteLine($"all have spoken, {lines} lines");

void Speak(string name)
{
    for (int number = 1; number <= 3; number++)
    {
        // Console.WriteLine is safe to call from several threads: lines mix, letters do not.
        Console.WriteLine($"{name} says {number}");
        Interlocked.Increment(ref lines);
    }
}
