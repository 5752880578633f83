using System.Buffers;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Parley.Fuzz.Tests;

/// <summary>Every parser has a target: what reads text or bytes of others is found by its shape, not by a list.</summary>
public sealed partial class CoverageTests
{
    private static readonly string[] Parts =
        ["Parley.Protocol", "Parley.Core", "Parley.Server", "Parley.Storage.Sqlite", "Parley.Cluster", "Parley.Client", "Parley.Net", "parley"];

    /// <summary>Parsers without a target of their own, each with the reason.</summary>
    private static readonly Dictionary<string, string> Exempt = new(StringComparer.Ordinal)
    {
    };

    [Fact]
    public void Every_parser_has_a_target()
    {
        var covered = FuzzTargets.All.SelectMany(target => target.Covers).ToHashSet();

        Assert.Empty(Parsers().Where(type => !covered.Contains(type) && !Exempt.ContainsKey(type.FullName!)).Select(type => type.FullName));
    }

    [Fact]
    public void Exempt_parsers_exist() =>
        Assert.Empty(Exempt.Keys.Except(Parsers().Select(type => type.FullName!)));

    [Fact]
    public void Every_target_has_a_corpus_of_its_own()
    {
        Assert.All(FuzzTargets.All, target => Assert.NotEmpty(Corpus.Read(target)));
        Assert.Equal(
            FuzzTargets.All.Select(target => target.Name + ".txt").Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<Type> Parsers() => Parts
        .SelectMany(part => Assembly.Load(part).GetTypes())
        .Where(type => !type.IsInterface && !type.FullName!.Contains('<', StringComparison.Ordinal) && type.FullName.StartsWith("Parley.", StringComparison.Ordinal))
        .Where(type => ParserName().IsMatch(type.Name) || type.GetMethods(Everything).Any(IsParsing));

    private const BindingFlags Everything =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static bool IsParsing(MethodInfo method) => method.Name is "Parse" or "TryParse" && !method.IsPrivate
        && method.GetParameters() is [{ ParameterType: var first }, ..] && IsText(first);

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(ReadOnlySpan<char>) || type == typeof(ReadOnlySpan<byte>)
        || type == typeof(ReadOnlyMemory<byte>) || type == typeof(ReadOnlySequence<byte>);

    [GeneratedRegex("(Parser|Framer|Decoder)$")]
    private static partial Regex ParserName();
}
