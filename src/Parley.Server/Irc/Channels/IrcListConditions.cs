using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Text;

namespace Parley.Server.Irc.Channels;

// https://modern.ircdocs.horse/#elist-parameter
//
// condition = "<" number / ">" number            ; users
//           / ("C" / "T") ("<" / ">") number     ; minutes since it was made, since its topic was set
//           / "!" mask / mask                    ; not named so, named so

/// <summary>Which rooms somebody wants to be told of: those of any of the names, if there are any, and of all other conditions.</summary>
internal sealed class IrcListConditions
{
    private readonly List<string> _masks = [];
    private readonly List<Func<RoomSummary, DateTimeOffset, bool>> _conditions = [];

    public IrcListConditions(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            if (Read(word) is { } condition)
            {
                _conditions.Add(condition);
            }
            else
            {
                _masks.Add(word);
            }
        }
    }

    public bool Allow(RoomSummary room, DateTimeOffset now)
        => (_masks.Count == 0 || _masks.Exists(mask => IsNamed(room, mask)))
            && _conditions.TrueForAll(condition => condition(room, now));

    /// <summary>Null: it is a mask.</summary>
    private static Func<RoomSummary, DateTimeOffset, bool>? Read(string word) => word switch
    {
        ['!', .. { Length: > 0 } mask] => (room, _) => !IsNamed(room, mask),
        ['<' or '>', ..] when TryRead(word, out var isBelow, out var users) => (room, _) => Fits(room.Users, isBelow, users),
        ['C' or 'c', .. var rest] when TryRead(rest, out var isBelow, out var minutes) =>
            (room, now) => Fits((now - room.Created).TotalMinutes, isBelow, minutes),
        ['T' or 't', .. var rest] when TryRead(rest, out var isBelow, out var minutes) =>
            (room, now) => room.Topic is { } topic && Fits((now - topic.Time).TotalMinutes, isBelow, minutes),
        _ => null,
    };

    private static bool TryRead(string comparison, out bool isBelow, out int bound)
    {
        var read = comparison is ['<' or '>', ..] ? CountText.Of(comparison.AsSpan(1)) : null;
        isBelow = comparison is ['<', ..];
        bound = read ?? 0;
        return read is not null;
    }

    private static bool Fits(double value, bool isBelow, int bound) => isBelow ? value < bound : value > bound;

    /// <summary>With the <c>#</c> or without, as people write it.</summary>
    private static bool IsNamed(RoomSummary room, string mask)
        => Glob.Matches(mask, $"#{room.Name.Value}") || (mask is not ['#', ..] && Glob.Matches(mask, room.Name.Value));
}
