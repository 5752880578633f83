using System.Collections;

namespace Parley.Cli.Serve;

/// <summary>An entry of the log with its text, and each of its arguments, as they may be shown.</summary>
internal sealed class LogEntryText(string message, IReadOnlyList<KeyValuePair<string, object?>> arguments) : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <summary>Maximum length of one argument in characters; the constants below limit an entry's message and its exception.</summary>
    public const int MaxArgumentChars = 256;
    public const int MaxMessageChars = 1000;
    public const int MaxExceptionChars = 16_000;

    public int Count => arguments.Count;

    public KeyValuePair<string, object?> this[int index] => arguments[index];

    /// <summary>The entry of what was logged.</summary>
    /// <param name="message">Its text.</param>
    /// <param name="state">What was logged.</param>
    public static LogEntryText Of(string message, object? state) => new(
        LogText.Escape(message, MaxMessageChars),
        state is IReadOnlyList<KeyValuePair<string, object?>> arguments ? [.. arguments.Select(argument => KeyValuePair.Create(argument.Key, Shown(argument.Value)))] : []);

    /// <summary>The same with some words at its end.</summary>
    public LogEntryText With(string words) => new(message + words, arguments);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => arguments.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => message;

    private static object? Shown(object? value) => value switch
    {
        null or bool or int or long or double => value,
        _ => LogText.Escape(value.ToString() ?? "", MaxArgumentChars),
    };
}
