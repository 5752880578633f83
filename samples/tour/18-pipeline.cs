#:property PublishAot=false
#:project ../../src/Parley.Net/Parley.Net.csproj

// A parallel pipeline: many at a time, but not all
//
// A thousand names to look up: one after the other takes too long, all at once is an attack. A pipeline with a degree has so
// many in hand at most, and takes the next from the source when one is done. Results come as they are ready, or on request
// in the order of the source. An item that fails is a result like the others: what it was, and why it failed. And the
// consumer sets the pace: while it does not take results, no new work is begun.
//
// The trap: Task.WhenAll over all of them. It starts everything at once, gives nothing before the slowest is done, and the
// first failure hides the results of all others. Asking for the order has a price, too: a slow item at the front holds back
// those behind it.
//
// In Parley: src/Parley.Net/Sweep/Sweeper.cs asks hundreds of hosts with it; src/Parley.Net/Pipelines/ParallelSelect.cs is the
// pipeline.
//
// Output, in any order:
//   quick has 5 letters
//   swift has 5 letters
//   bad failed: no such name
// Then:
//   slow has 4 letters
//   in order: slow quick bad swift
//   at most 3 at a time: 3

using Parley.Net.Pipelines;

string[] names = ["slow", "quick", "bad", "swift"];

// Slow ends when the others have arrived here: the order is forced, not slept for.
var othersAreHere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
int here = 0;
await foreach (Outcome<string, int> outcome in names.WithParallelism(4).Select((name, _) => LookUpAsync(name, othersAreHere.Task)))
{
    Console.WriteLine(outcome.IsSuccess ? $"{outcome.Input} has {outcome.Value} letters" : $"{outcome.Input} failed: {outcome.Error.Message}");
    if (++here == 3)
    {
        othersAreHere.SetResult();
    }
}

// Again slow ends last, and yet it comes first.
var othersEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
int ended = 0;
List<string> inOrder = [];
await foreach (Outcome<string, int> outcome in names.WithParallelism(4).InOrder().Select(async (name, _) =>
{
    if (name != "slow" && Interlocked.Increment(ref ended) == 3)
    {
        othersEnd.SetResult();
    }

    return await LookUpAsync(name, othersEnd.Task);
}))
{
    inOrder.Add(outcome.Input);
}

Console.WriteLine($"in order: {string.Join(' ', inOrder)}");

// The first three wait until there are three: so there are, and there is never a fourth.
var three = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
int inHand = 0;
int most = 0;
await foreach (Outcome<int, int> outcome in Enumerable.Range(0, 100).WithParallelism(3).Select(CountAsync))
{
    most = Math.Max(most, outcome.Value);
}

Console.WriteLine($"at most 3 at a time: {most}");

static async ValueTask<int> LookUpAsync(string name, Task slowMayEnd)
{
    if (name == "slow")
    {
        await slowMayEnd;
    }

    return name == "bad" ? throw new KeyNotFoundException("no such name") : name.Length;
}

async ValueTask<int> CountAsync(int item, CancellationToken cancellationToken)
{
    int now = Interlocked.Increment(ref inHand);
    if (now == 3)
    {
        three.TrySetResult();
    }

    await three.Task;
    Interlocked.Decrement(ref inHand);
    return now;
}
