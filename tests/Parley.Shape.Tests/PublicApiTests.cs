using System.Reflection;
using PublicApiGenerator;

namespace Parley.Shape.Tests;

/// <summary>Applications refer to the public types of these parts: each is listed in PublicApi/, so that a change of it is seen by whoever reviews it.</summary>
public sealed class PublicApiTests
{
    /// <summary>Set to write the lists anew.</summary>
    private const string WritingVariable = "PARLEY_WRITE_API";

    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        DenyNamespacePrefixes = [],
        ExcludeAttributes = ["System.Runtime.CompilerServices.IsReadOnlyAttribute", "System.Diagnostics.DebuggerStepThroughAttribute"],
    };

    /// <summary>All parts but the program, to which nothing refers.</summary>
    public static TheoryData<string> Parts => [.. Repository.Parts.Where(part => part != "Parley.Cli")];

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task The_public_types_of_a_part_are_listed(string part)
    {
        var path = Path.Combine(Repository.Root, "tests", "Parley.Shape.Tests", "PublicApi", part + ".txt");
        var now = Assembly.Load(part).GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable(WritingVariable) is not null)
        {
            await File.WriteAllTextAsync(path, now, TestContext.Current.CancellationToken);
        }

        var listed = File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : "";
        var (added, gone) = (Lines(now).Except(Lines(listed)).ToList(), Lines(listed).Except(Lines(now)).ToList());
        Assert.True(
            listed == now,
            $"The public types of {part} are not as listed: make them internal, or have the list written anew with {WritingVariable}=1 and look at what changes.\n"
            + string.Join('\n', gone.Select(line => "- " + line).Concat(added.Select(line => "+ " + line))));
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim());
}
