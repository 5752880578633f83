#:property PublishAot=false
#:project ../Parley.Tour/Parley.Tour.csproj

// Exclusive access, checked while the program runs
//
// One may change a value while nobody else looks at it, or any number may look while nobody changes it. A RefCell keeps this
// rule: it lends its value, counts what it has lent, and a borrow that breaks the rule is an error there and then. It waits
// for nobody. A lock is the other answer: it lets one wait until the other is done.
//
// The trap: the stranger who comes back in on your own thread. While the members of a room are being told something, one of
// them leaves, and the list changes under the loop. A lock does not help here, for it lets its own thread in a second time
// (11-poison.cs has one that does not). The RefCell says so at once, in the line that is wrong.
//
// In Parley: src/Parley.Client/ParleyConnection.cs lets one caller at a time read, and the second gets an error, since two
// readers of one stream are a mistake and not something to wait for.
//
// Output:
//   two may look: 2 members, 2 members
//   to change it meanwhile: BorrowException
//   afterwards: 3 members
//   telling ana
//   ana leaves at once: BorrowException
//   asked politely: not now
//   telling ben
//   telling cem
//   when all are told, ana leaves: 2 members

using Parley.Tour;

var room = new RefCell<List<string>>(["ana", "ben"]);

using (SharedBorrow<List<string>> one = room.BorrowShared())
using (SharedBorrow<List<string>> another = room.BorrowShared())
{
    Console.WriteLine($"two may look: {one.Value.Count} members, {another.Value.Count} members");
    Try("to change it meanwhile", () => Join("cem"));
}

Join("cem");
Console.WriteLine($"afterwards: {Count()} members");

// The list is lent for as long as the loop runs.
using (SharedBorrow<List<string>> members = room.BorrowShared())
{
    foreach (string member in members.Value)
    {
        Console.WriteLine($"telling {member}");
        if (member == "ana")
        {
            Try("ana leaves at once", () => Leave(member));
            Console.WriteLine($"asked politely: {(room.TryBorrowExclusive() is null ? "not now" : "go ahead")}");
        }
    }
}

Leave("ana");
Console.WriteLine($"when all are told, ana leaves: {Count()} members");

void Join(string name)
{
    using ExclusiveBorrow<List<string>> members = room.BorrowExclusive();
    members.Value.Add(name);
}

void Leave(string name)
{
    using ExclusiveBorrow<List<string>> members = room.BorrowExclusive();
    members.Value.Remove(name);
}

int Count()
{
    using SharedBorrow<List<string>> members = room.BorrowShared();
    return members.Value.Count;
}

static void Try(string what, Action action)
{
    try
    {
        action();
    }
    catch (BorrowException e)
    {
        Console.WriteLine($"{what}: {e.GetType().Name}");
    }
}
