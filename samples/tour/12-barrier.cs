#:property PublishAot=false

// A barrier: nobody goes on before all have come
//
// Work in rounds, where each round needs what all have done in the one before: a barrier stands between the rounds. Each
// thread arrives and waits; the last to arrive runs the action that belongs to the end of the round, alone, and then all go
// on together. Below, three cells in a ring each become the sum of their neighbours. Within a round, everybody reads the old
// values and writes the new ones; the barrier's action swaps the two.
//
// The trap: a participant that ends early, or fails, without RemoveParticipant. The others wait for it for ever. The same
// goes for a barrier made for more participants than there are threads.
//
// In Parley: src/Parley.Server/Connections/ShutdownSequence.cs is such a meeting point, for one time: the broker stops when
// the last reader has arrived, and a reader that goes early signs off.
//
// Output:
//   start: 1 0 0
//   round 1: 0 1 1
//   round 2: 2 1 1
//   round 3: 2 3 3
//   round 4: 6 5 5

const int Rounds = 4;
int[] cells = [1, 0, 0];
int[] next = new int[cells.Length];
Console.WriteLine($"start: {string.Join(' ', cells)}");

using var barrier = new Barrier(cells.Length, atTheEnd =>
{
    (cells, next) = (next, cells);
    Console.WriteLine($"round {atTheEnd.CurrentPhaseNumber + 1}: {string.Join(' ', cells)}");
});

Thread[] threads = [.. Enumerable.Range(0, cells.Length).Select(place => new Thread(() => Live(place)))];
Array.ForEach(threads, thread => thread.Start());
Array.ForEach(threads, thread => thread.Join());

void Live(int place)
{
    for (int round = 0; round < Rounds; round++)
    {
        next[place] = cells[(place + 1) % cells.Length] + cells[(place + cells.Length - 1) % cells.Length];
        barrier.SignalAndWait();
    }
}
