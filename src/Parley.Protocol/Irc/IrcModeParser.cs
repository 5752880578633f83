using System.Text;

namespace Parley.Protocol.Irc;

// https://modern.ircdocs.horse/#mode-message
//
// modes      = modestring *( SP argument )
// modestring = *( "+" / "-" / letter )            ; a letter before any sign is added
//
// Letters take arguments from left to right as their class says. A list without one is asked for.

/// <summary>Parses the modes of a MODE command.</summary>
public static class IrcModeParser
{
    /// <summary>Takes a command's modes apart, in their order.</summary>
    /// <param name="modes">The letters and signs, such as <c>+ov-b</c>.</param>
    /// <param name="arguments">What follows them; what is left over is ignored.</param>
    /// <param name="classes">The modes there are.</param>
    /// <remarks>
    /// A question, and a complaint, MUST come once per letter: each may be answered by a whole list, and five hundred of them fit in a line.
    /// </remarks>
    public static IReadOnlyList<IrcModeChange> Parse(string modes, IReadOnlyList<string> arguments, IrcModeClasses classes)
    {
        var changes = new List<IrcModeChange>();
        var isAdding = true;
        var next = 0;
        foreach (var mode in modes)
        {
            if (mode is '+' or '-')
            {
                isAdding = mode == '+';
                continue;
            }

            var argument = TakesArgument(mode, isAdding, classes) && next < arguments.Count ? Words(arguments[next++]) : null;
            var change = new IrcModeChange(isAdding, mode, argument, KindOf(mode, isAdding, argument, classes));
            if (change.Kind == IrcModeChangeKind.Change || !changes.Exists(c => c.Mode == mode && c.Kind == change.Kind))
            {
                changes.Add(change);
            }
        }

        return changes;
    }

    /// <summary>Takes a message's modes apart: the parameter at <paramref name="index"/> and those that follow.</summary>
    public static IReadOnlyList<IrcModeChange> Parse(IrcMessage message, int index, IrcModeClasses classes)
    {
        var arguments = new List<string>();
        for (var i = index + 1; i < message.ParameterCount; i++)
        {
            arguments.Add(Encoding.UTF8.GetString(message[i]));
        }

        return Parse(Encoding.UTF8.GetString(message.Parameter(index)), arguments, classes);
    }

    /// <summary>Only the last argument of a command can hold spaces; null if there is nothing but those.</summary>
    private static string? Words(string argument) => argument.Trim(' ') is { Length: > 0 } words ? words : null;

    private static bool TakesArgument(char mode, bool isAdding, IrcModeClasses classes) =>
        classes.Lists.Contains(mode) || classes.Always.Contains(mode) || classes.Prefixes.Contains(mode)
        || (isAdding && classes.WhenSet.Contains(mode));

    private static IrcModeChangeKind KindOf(char mode, bool isAdding, string? argument, IrcModeClasses classes)
    {
        if (argument is not null || classes.Flags.Contains(mode))
        {
            return IrcModeChangeKind.Change;
        }

        if (classes.Lists.Contains(mode))
        {
            return IrcModeChangeKind.Query;
        }

        if (classes.Prefixes.Contains(mode))
        {
            return IrcModeChangeKind.MissingArgument;
        }

        // Who unsets a key often does not know it.
        return classes.Always.Contains(mode) || classes.WhenSet.Contains(mode)
            ? isAdding ? IrcModeChangeKind.MissingArgument : IrcModeChangeKind.Change
            : IrcModeChangeKind.Unknown;
    }
}
