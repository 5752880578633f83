using Parley.Core.Rooms;

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
            if (parts[0] is not ['+' or '-', _, ..] || !Enum.TryParse<RoomMode>(parts[0].AsSpan(1), out var mode))
            {
                return false;
            }

            parsed.Add(new RoomModeChange(word[0] == '+', mode, parts.Length > 1 ? parts[1] : null));
        }

        return true;
    }

    private static string Of(RoomModeChange change)
    {
        // What one has to know to come in is not for those who read this later.
        var argument = change.Mode == RoomMode.Key ? "*" : change.Argument;
        return $"{(change.IsAdding ? '+' : '-')}{change.Mode}{(argument is null ? "" : "=" + argument)}";
    }
}
