using System.Text.RegularExpressions;

namespace Parley.Shape.Tests;

/// <summary>What style.md asks of every file in src/, as functions from sources to sentences about what breaks it.</summary>
internal static partial class SourceRules
{
    /// <summary>Past this a file holds two ideas.</summary>
    public const int MaxLines = 500;

    private static readonly string[] EmptySuffixes =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common"];

    /// <summary>Files that share a partial type are one file: cutting a class in pieces does not make it smaller.</summary>
    public static IEnumerable<string> TooLong(IReadOnlyCollection<SourceFile> files)
    {
        var parts = files
            .SelectMany(file => PartialTypesOf(file).Select(type => (type, file)))
            .GroupBy(pair => pair.type, pair => pair.file)
            .Select(group => (What: group.Key, Lines: group.Distinct().Sum(file => file.Lines)));
        return files
            .Select(file => (What: file.Path, file.Lines))
            .Concat(parts)
            .Where(entry => entry.Lines > MaxLines)
            .Select(entry => $"{entry.What} has {entry.Lines} lines, more than {MaxLines}");
    }

    public static IEnumerable<string> OutOfPlace(IEnumerable<SourceFile> files) =>
        from file in files
        let expected = ExpectedNamespaceOf(file.Path)
        from declared in NamespaceDeclaration().Matches(file.Text).Select(match => match.Groups["name"].Value)
        where declared != expected
        select $"{file.Path} declares namespace {declared}, its folder is {expected}";

    /// <summary>
    /// Socket loops run the server's code, and a file can keep a loop waiting: so only those read files who do it when the server starts, or on
    /// the thread pool.
    /// </summary>
    public static IEnumerable<string> ReadingFiles(IEnumerable<SourceFile> files, IReadOnlyCollection<string> allowed) =>
        from file in files
        where file.Path.StartsWith("src/Parley.Server/", StringComparison.Ordinal) && !allowed.Contains(file.Path["src/Parley.Server/".Length..])
        from found in FileAccess().Matches(file.Text).Select(match => match.Value)
        select $"{file.Path} uses {found}: may it wait there? It may be on a socket loop";

    /// <summary>Arrows between the folders of the core that lead from data to what is alive, or from the lower to the higher.</summary>
    /// <param name="files">The sources.</param>
    /// <param name="mayUse">Of each folder that has a rule, the folders of the core that it may use.</param>
    public static IEnumerable<string> Upward(IEnumerable<SourceFile> files, IReadOnlyDictionary<string, string[]> mayUse) =>
        from file in files
        let parts = file.Path.Split('/')
        where parts is ["src", "Parley.Core", _, _, ..] && mayUse.ContainsKey(parts[2])
        from used in CoreUse().Matches(file.Text).Select(match => match.Groups["name"].Value)
        where used != parts[2] && !mayUse[parts[2]].Contains(used)
        select $"{file.Path} uses Parley.Core.{used}: {parts[2]} may use {string.Join(", ", mayUse[parts[2]])} alone";

    /// <summary>Names, of types or folders, that say nothing of what is inside.</summary>
    public static IEnumerable<string> Meaningless(IEnumerable<string> names) => names.Where(
        name => EmptySuffixes.Any(suffix => name.Split('`')[0].EndsWith(suffix, StringComparison.Ordinal)));

    private static IEnumerable<string> PartialTypesOf(SourceFile file) =>
        PartialType().Matches(file.Text)
            .Select(match => $"{ExpectedNamespaceOf(file.Path)}.{match.Groups["name"].Value}")
            .Distinct(StringComparer.Ordinal);

    private static string ExpectedNamespaceOf(string path) => string.Join('.', path.Split('/')[1..^1]);

    [GeneratedRegex(@"^[ \t]*(?:\w+[ \t]+)*partial[ \t]+(?:record[ \t]+)?(?:class|struct|interface|record)[ \t]+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PartialType();

    [GeneratedRegex(@"(?<![\w.""])(?:File|FileInfo|FileStream|Directory|DirectoryInfo|Dns|Process)[.(]")]
    private static partial Regex FileAccess();

    [GeneratedRegex(@"^using[ \t]+Parley\.Core\.(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex CoreUse();

    [GeneratedRegex(@"^namespace[ \t]+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();
}
