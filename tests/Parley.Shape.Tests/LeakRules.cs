using System.Text.RegularExpressions;

namespace Parley.Shape.Tests;

/// <summary>What belongs to the machine of whoever wrote a file, and to no other.</summary>
internal static partial class LeakRules
{
    public static IEnumerable<string> Leaks(string path, string text) =>
        from rule in new[] { DeveloperPath(), PackageHost() }
        from match in rule.Matches(text)
        let line = text.AsSpan(0, match.Index).Count('\n') + 1
        select $"{path}:{line}: {match.Value}";

    // The first slash begins a path: what stands before it is no part of one, as in `docs/home/` or `$ROOT/work/`.
    [GeneratedRegex(@"(?<![\w.~*)}\]-])/(?:work|home|root)/")]
    private static partial Regex DeveloperPath();

    // Feeds of packages by their shape, and the well-known hosts.
    [GeneratedRegex(
        @"https?://[^\s""'<>]+/index\.json|\b(?:api\.nuget|registry\.npmjs|files\.pythonhosted|proxy\.golang)\.org\b|\bpkgs\.dev\.azure\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex PackageHost();
}
