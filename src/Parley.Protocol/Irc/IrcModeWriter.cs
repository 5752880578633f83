using System.Text;

namespace Parley.Protocol.Irc;

/// <summary>Writes modes as a MODE message has them.</summary>
public static class IrcModeWriter
{
    /// <summary>The letters with a sign where it changes, and then the arguments, in order: <c>+ov-b Ana Bob *!*@example.com</c>.</summary>
    /// <param name="changes">What was changed; what is of another kind is left out.</param>
    public static string Format(IEnumerable<IrcModeChange> changes)
    {
        var modes = new StringBuilder();
        var arguments = new StringBuilder();
        bool? sign = null;
        foreach (var change in changes.Where(change => change.Kind == IrcModeChangeKind.Change))
        {
            if (sign != change.IsAdding)
            {
                sign = change.IsAdding;
                modes.Append(change.IsAdding ? '+' : '-');
            }

            modes.Append(change.Mode);
            if (change.Argument is not null)
            {
                arguments.Append(' ').Append(change.Argument);
            }
        }

        return modes.Append(arguments).ToString();
    }
}
