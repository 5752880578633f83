using System.Text;
using Parley.Core.Names;
using Parley.Core.Text;
using Parley.Server.Accounts;

namespace Parley.Fuzz.Targets;

/// <summary>Names of users and rooms, and the patterns that match them.</summary>
internal static class NameTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("name", Name, typeof(UserName), typeof(RoomName)),
        new("glob", Pattern, typeof(Glob)),
        new("word-pattern", Words, typeof(WordPattern)),
        new("room-role", Role, typeof(RoomRoles)),
    ];

    private static void Name(ReadOnlyMemory<byte> input)
    {
        if (UserName.TryParse(input.Span, out var user))
        {
            FuzzTarget.Require(UserName.TryParse(user.Value, out var again) && again == user, "A user's name that is shown is that name");
            FuzzTarget.Require(UserName.TryParse(user.Key, out var folded) && folded == user && folded.Key == user.Key, "A user's name folded is that name");
            FuzzTarget.Require(UserName.FaultOf(user.Value) == NameFault.None && NameSkeleton.Of(user).Length > 0, "A user's name has a look");
            FuzzTarget.Require(!user.Value.Any(char.IsControl) && !user.Value.Any(char.IsWhiteSpace), "A user's name shows and is one word");
        }

        if (RoomName.TryParse(input.Span, out var room))
        {
            FuzzTarget.Require(RoomName.TryParse(room.Value, out var again) && again == room, "A room's name that is shown is that name");
            FuzzTarget.Require(RoomName.TryParse(room.Key, out var folded) && folded == room && folded.Key == room.Key, "A room's name folded is that name");
            FuzzTarget.Require(!room.Value.Any(char.IsControl) && !room.Value.Any(char.IsWhiteSpace), "A room's name shows and is one word");
        }
    }

    private static void Role(ReadOnlyMemory<byte> input)
    {
        if (RoomRoles.TryParse(Encoding.UTF8.GetString(input.Span), out var rank))
        {
            FuzzTarget.Require(RoomRoles.TryParse(RoomRoles.Word(rank), out var again) && again == rank, "A role that is shown is that role");
        }
    }

    private static void Words(ReadOnlyMemory<byte> input)
    {
        var text = Encoding.UTF8.GetString(input.Span);
        var (first, subject) = text.Split('\n', 2) is [var one, var two] ? (one, two) : (text, text);
        if (!WordPattern.TryParse(first, out var pattern))
        {
            return;
        }

        FuzzTarget.Require(!pattern.Text.Any(char.IsControl) && !pattern.Text.Any(char.IsWhiteSpace), "A pattern of words shows and is one parameter");
        var matches = new WordFilter([pattern]).Find(Encoding.UTF8.GetBytes(subject)) is not null;
        FuzzTarget.Require(
            !matches || !WordPattern.TryParse($"*{first}*", out var wider) || new WordFilter([wider]).Find(Encoding.UTF8.GetBytes(subject)) is not null,
            "Stars around a pattern refuse what it refuses");
        FuzzTarget.Require(
            first.Contains('*', StringComparison.Ordinal) || new WordFilter([pattern]).Find(Encoding.UTF8.GetBytes(first)) is not null, "A pattern without stars refuses itself");
    }

    private static void Pattern(ReadOnlyMemory<byte> input)
    {
        var text = Encoding.UTF8.GetString(input.Span);
        var (pattern, subject) = text.Split('\n', 2) is [var first, var second] ? (first, second) : (text, text);
        var matches = Glob.Matches(pattern, subject);
        FuzzTarget.Require(!matches || Glob.Matches($"*{pattern}", $"x{subject}"), "A star before a pattern admits what it admits");
        FuzzTarget.Require(Glob.Matches("*", subject), "A star admits everything");
    }
}
