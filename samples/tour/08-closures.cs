#:property PublishAot=false

// What a closure may capture
//
// A lambda captures variables, not values. A variable declared outside a loop is one variable for all the lambdas made in
// it; one declared inside is a new variable each time round. `foreach` declares its variable anew each time, `for` does not.
// A `static` lambda captures nothing, and the compiler holds you to it; what it needs is passed in.
//
// The trap: handing the counter of a `for` loop to a thread. By the time the thread looks, the loop has gone on. Below, the
// threads are started after the loop, so all of them are certain to see what the loop ended with.
//
// What cannot be captured at all: a `ref` or `in` parameter and a ref struct such as Span<T>. They may live on the stack of
// a method that is gone when the lambda runs, so the compiler refuses them.
//
// In Parley: src/Parley.Core/Delivery/CoalescedFlush.cs gives its scheduler a static lambda and passes `this` beside it;
// src/Parley.Core/Broker/Rooms/RoomDirectory.cs passes what its static lambda needs. Neither makes a closure for each message.
//
// Output:
//   captured the loop's counter: 3 3 3
//   captured a copy: 0 1 2
//   captured nothing: 0 1 2

Console.WriteLine($"captured the loop's counter: {Run(CapturingTheCounter())}");
Console.WriteLine($"captured a copy: {Run(CapturingCopies())}");

// The state travels beside the lambda. Were `results` named inside, this would not compile.
int[] results = new int[3];
Parallel.ForEach(Enumerable.Range(0, 3).Select(number => (number, results)), static item => item.results[item.number] = item.number);
Console.WriteLine($"captured nothing: {string.Join(' ', results)}");

static List<Func<int>> CapturingTheCounter()
{
    List<Func<int>> lambdas = [];
    for (int i = 0; i < 3; i++)
    {
        lambdas.Add(() => i);
    }

    return lambdas;
}

static List<Func<int>> CapturingCopies()
{
    List<Func<int>> lambdas = [];
    for (int i = 0; i < 3; i++)
    {
        int copy = i;
        lambdas.Add(() => copy);
    }

    return lambdas;
}

// Each on a thread of its own; the results in the order of the list, whichever thread was first.
static string Run(List<Func<int>> lambdas)
{
    int[] seen = new int[lambdas.Count];
    Thread[] threads = [.. lambdas.Select((lambda, place) => new Thread(() => seen[place] = lambda()))];
    Array.ForEach(threads, thread => thread.Start());
    Array.ForEach(threads, thread => thread.Join());
    return string.Join(' ', seen);
}
