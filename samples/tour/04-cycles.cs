#:property PublishAot=false
#:project ../Parley.Tour/Parley.Tour.csproj

// Players and teams: references in a circle
//
// A team knows its players, and each player knows the team. The garbage collector sees that nobody else refers to the
// circle, and takes all of it: in C# a circle of plain references is nothing to worry about.
//
// The trap: counted ownership sees only its own count. If the team owns its player and the player owns the team, each waits
// for the other to let go, and neither is ever released. The collector takes their memory, yet nobody calls Dispose. So
// ownership goes one way, from team to player; the way back is a weak handle, which finds the team while it has an owner.
//
// In Parley: src/Parley.Core/Delivery/Subscription.cs and src/Parley.Core/Broker/Sessions/Session.cs know each other by plain
// references; what is counted, src/Parley.Core/Delivery/LogBlock.cs, points forward only, from each block to the next.
//
// Output:
//   plain references: the collector took the circle: True
//   owning both ways: released 0 of 2
//   weak on the way back: ana plays for the reds
//   ana released
//   reds released
//   weak on the way back: released 2 of 2
//   the team is gone: True

using System.Runtime.CompilerServices;
using Parley.Tour;

WeakReference circle = MakePlainCircle();
GC.Collect();
Console.WriteLine($"plain references: the collector took the circle: {!circle.IsAlive}");

var team = new Shared<Member>(new Member("blues"));
using (var player = new Shared<Member>(new Member("ben")))
{
    team.Value.Owns = player.Share();
    player.Value.Owns = team.Share();
}

team.Dispose();
Console.WriteLine($"owning both ways: released {Member.Released} of 2");

team = new Shared<Member>(new Member("reds"));
var ana = new Shared<Member>(new Member("ana"));
ana.Value.Knows = team.Downgrade();
team.Value.Owns = ana;
Weak<Member> wayBack = ana.Value.Knows;
if (wayBack.TryUpgrade(out Shared<Member>? found))
{
    using (found)
    {
        Console.WriteLine($"weak on the way back: ana plays for the {found.Value.Name}");
    }
}

team.Dispose();
Console.WriteLine($"weak on the way back: released {Member.Released} of 2");
Console.WriteLine($"the team is gone: {!wayBack.TryUpgrade(out _)}");

// In a method of its own: here a local variable could keep the circle alive until the program ends.
[MethodImpl(MethodImplOptions.NoInlining)]
static WeakReference MakePlainCircle()
{
    var team = new PlainTeam();
    team.Players.Add(new PlainPlayer(team));
    return new WeakReference(team);
}

internal sealed class PlainTeam
{
    public List<PlainPlayer> Players { get; } = [];
}

internal sealed record PlainPlayer(PlainTeam Team);

internal sealed class Member(string name) : IDisposable
{
    public static int Released { get; private set; }

    public string Name { get; } = name;

    public Shared<Member>? Owns { get; set; }

    public Weak<Member>? Knows { get; set; }

    public void Dispose()
    {
        Owns?.Dispose();
        Released++;
        Console.WriteLine($"{Name} released");
    }
}
