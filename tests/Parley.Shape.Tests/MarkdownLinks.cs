using System.Text.RegularExpressions;

namespace Parley.Shape.Tests;

/// <summary>Links from a page to a file of the repository or to a heading, and whether they lead anywhere.</summary>
internal static partial class MarkdownLinks
{
    /// <summary>One sentence for each link that leads nowhere.</summary>
    /// <param name="page">The page's path, relative to the repository, with forward slashes.</param>
    /// <param name="text">What it says.</param>
    /// <param name="read">Text of a file by its path; "" for a folder; null if there is no such thing.</param>
    public static IEnumerable<string> Broken(string page, string text, Func<string, string?> read)
    {
        foreach (string target in TargetsIn(text))
        {
            string[] parts = target.Split('#', 2);
            string path = parts[0].Length == 0 ? page : Resolve(page, parts[0]);
            string? found = path == page ? text : read(path);
            if (found is null)
            {
                yield return $"{page} links to {target}, which is not there";
            }
            else if (parts.Length == 2 && path.EndsWith(".md", StringComparison.Ordinal) && !AnchorsIn(found).Contains(parts[1]))
            {
                yield return $"{page} links to {target}, where there is no such heading";
            }
        }
    }

    private static IEnumerable<string> TargetsIn(string text) =>
        Link().Matches(WithoutCode(text))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    // As web pages of repositories make them: lower case, blanks to hyphens, of other marks only hyphens and underscores.
    private static HashSet<string> AnchorsIn(string text) =>
    [
        .. Heading().Matches(WithoutCode(text))
            .Select(match => NoAnchor().Replace(match.Groups["title"].Value.ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    private static string Resolve(string page, string target) =>
        Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(page)!, target))).Replace('\\', '/');

    private static string WithoutCode(string text) => CodeBlock().Replace(text, "");

    [GeneratedRegex(@"^(?<fence>```+|~~~+).*?^\k<fence>", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ +(?<title>.+?) *$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
