
using Parley.Core.Events;
using Parley.Core.Modes;

namespace Parley.Core.History;

/// <summary>Changes of modes as history keeps them, in the words of no protocol: <c>+Ban=*!*@x -Moderated +Key=*</c>.</summary>
internal static class ModesText
{
    public static string Of(IEnumerable<RoomModeChange> changes) => string.Join(' ', changes.Select(Of));

    public static bool TryParse(string text, out IReadOnlyList<RoomModeChange> changes)
    {
        var parsed = new List<RoomModeChange>();
        changes = parsed;
        foreach (var word in text.Split(' '))
        {
            var parts = word.Split('=', 2);
            if (parts[0] is not ['+' or '-', _, ..] || !TryParseMode(parts[0][1..], out var mode))
            {
                return false;
            }

            parsed.Add(new RoomModeChange(word[0] == '+', mode, parts.Length > 1 ? parts[1] : null));
        }

        return true;
    }

    /// <summary>Reads a mode by its name; the number of one, which the framework would take for it, is none.</summary>
    private static bool TryParseMode(string name, out RoomMode mode) =>
        Enum.TryParse(name, out mode) && Enum.IsDefined(mode) && string.Equals(mode.ToString(), name, StringComparison.Ordinal);

    private static string Of(RoomModeChange change)
    {
        // What one has to know to come in is not for those who read this later.
        var argument = RoomModes.Of(change.Mode).Kind == RoomModeKind.Key ? "*" : change.Argument;
        return $"{(change.IsAdding ? '+' : '-')}{change.Mode}{(argument is null ? "" : "=" + argument)}";
    }
}
