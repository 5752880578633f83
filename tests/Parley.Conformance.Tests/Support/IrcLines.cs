namespace Parley.Conformance.Tests.Support;

/// <summary>What tests ask of several lines.</summary>
internal static class IrcLines
{
    /// <summary>Those of one command or numeric.</summary>
    public static IrcLine[] Of(this IEnumerable<IrcLine> lines, string command) => [.. lines.Where(line => line.Command == command)];

    public static string[] Commands(this IEnumerable<IrcLine> lines) => [.. lines.Select(line => line.Command)];

    /// <summary>The lines without their tags.</summary>
    public static string[] Bodies(this IEnumerable<IrcLine> lines) => [.. lines.Select(line => line.Body)];
}
