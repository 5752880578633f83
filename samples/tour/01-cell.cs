#:property PublishAot=false

// A value that changes behind an immutable face
//
// An immutable object is easy to share: nobody can change it under your feet. Sometimes one small part of it has to change
// all the same: a counter, a cache, the time of the last visit. Then that part gets a cell: an object that holds one value
// and lets it be replaced. The record below never changes which cell it holds; what is in the cell does.
//
// The trap: a copy of the record looks like a record of its own, and shares the cell. A copy made with `with` counts in
// the same place, and so does every holder of the original.
//
// In Parley: src/Parley.Core/Broker/Sessions/User.cs is handed to everybody as a user with a fixed Id, while the name and the list
// of sessions inside are replaced.
//
// Output:
//   main was visited 2 times
//   the same room under another name: visited 3 times
//   main was visited 3 times
//   with a cell of its own: visited 0 times
//   main was visited 3 times

var main = new Room("main", new Cell<int>(0));
main.Visit();
main.Visit();
Console.WriteLine($"{main.Name} was visited {main.Visits.Value} times");

Room renamed = main with { Name = "lobby" };
renamed.Visit();
Console.WriteLine($"the same room under another name: visited {renamed.Visits.Value} times");
Console.WriteLine($"{main.Name} was visited {main.Visits.Value} times");

Room separate = main with { Visits = new Cell<int>(0) };
Console.WriteLine($"with a cell of its own: visited {separate.Visits.Value} times");
Console.WriteLine($"{main.Name} was visited {main.Visits.Value} times");

internal sealed record Room(string Name, Cell<int> Visits)
{
    public void Visit() => Visits.Value++;
}

// For one thread: see 09-atomics.cs for what two threads need.
internal sealed class Cell<T>(T value)
{
    public T Value { get; set; } = value;
}
