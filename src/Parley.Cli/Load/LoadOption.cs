using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Parley.Core.Names;

namespace Parley.Cli.Load;

/// <summary>Makes the options of the load verbs: each says its default in the help, and what to write when it cannot be read.</summary>
internal static class LoadOption
{
    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static Option<int> Count(string name, int value, string description, int min = 0, int max = 1_000_000) => Create(
        name, "N", value, description, $"a whole number from {min} to {max}", (string text, out int number) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= min && number <= max);

    /// <summary>A time that is above 0, or 0 as well.</summary>
    public static Option<TimeAmount> Time(string name, TimeAmount value, string description, bool zero = false) => Create(
        name, "TIME", value, description, zero ? TimeAmount.Expected : $"{TimeAmount.Expected}, above 0", (string text, out TimeAmount time) =>
            TimeAmount.TryParse(text, out time) && (zero || time.Value > TimeSpan.Zero));

    /// <summary>A time that is drawn anew each time.</summary>
    public static Option<TimeRange> Range(string name, TimeRange value, string description) =>
        Create<TimeRange>(name, "TIME[-TIME]", value, description, TimeRange.Expected, TimeRange.TryParse);

    /// <summary>The name of a room, as the server will take it.</summary>
    public static Option<string> Room(string name, string value, string description) => Create(
        name, "ROOM", value, description, RoomName.Form, (string text, out string room) =>
        {
            room = text;
            return IsRoomName(text);
        });

    /// <summary>Any value that is read by <paramref name="read"/>.</summary>
    public static Option<T> Create<T>(string name, string placeholder, T value, string description, string expected, TryRead<T> read) => new(name)
    {
        HelpName = placeholder,
        Description = description,
        DefaultValueFactory = _ => value,
        CustomParser = result => Read(result, expected, read),
    };

    /// <summary>True if a lines server takes it for the name of a room.</summary>
    public static bool IsRoomName(string text) => RoomName.TryParse(text, out _);

    private static T Read<T>(ArgumentResult result, string expected, TryRead<T> read)
    {
        string text = result.Tokens[0].Value;
        if (!read(text, out T? value))
        {
            result.AddError($"'{text}' will not do: give {expected}");
        }

        return value!;
    }

    /// <summary>Reads a value from text, if it can be.</summary>
    public delegate bool TryRead<T>(string text, out T value);
}
