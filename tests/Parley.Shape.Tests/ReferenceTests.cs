namespace Parley.Shape.Tests;

public sealed class ReferenceTests
{
    // Looking up all names takes some seconds: once for all tests.
    private static readonly Lazy<ReferenceGraph> Graph = new(() => ReferenceGraph.Of(Repository.Sources()));

    [Fact]
    public void References_between_folders_go_one_way() => AssertKept(ReferenceRules.FolderCircles(Graph.Value));

    [Fact]
    public void Files_that_refer_to_each_other_in_a_circle_are_at_most_12() => AssertKept(ReferenceRules.LargeKnots(Graph.Value));

    [Fact]
    public void What_a_file_of_the_server_names_is_found()
    {
        // Otherwise a library that the compiler does not find here would hide what the rules are about.
        var files = Graph.Value.Files;
        Assert.Contains("src/Parley.Core/Broker/IBroker.cs", files["src/Parley.Server/Irc/Sessions/IrcSession.cs"]);
        Assert.Contains("src/Parley.Server/Connections/LineServer.cs", files["src/Parley.Server/Irc/Dispatch/IrcConnectionHandler.cs"]);
        Assert.Contains("src/Parley.Server/Options/ParleyOptions.cs", files["src/Parley.Cli/Serve/ServeCommand.cs"]);
    }

    // ---- The rules can fail ----

    [Fact]
    public void Folders_that_refer_to_each_other_are_found_with_a_way_round()
    {
        var graph = Of(
            ("src/P/A/One.cs", "namespace P.A; class One { P.B.Two two; }"),
            ("src/P/B/Two.cs", "using P.C; namespace P.B; class Two { Three three; }"),
            ("src/P/C/Three.cs", "using P.A; namespace P.C; class Three : One;"),
            ("src/P/D/Four.cs", "using P.A; namespace P.D; class Four { One one; }"));
        Assert.Equal(
            [
                "3 folders refer to each other in a circle: src/P/A, src/P/B, src/P/C. One way round:"
                + "\n  src/P/A -> src/P/B: One.cs names a type of Two.cs"
                + "\n  src/P/B -> src/P/C: Two.cs names a type of Three.cs"
                + "\n  src/P/C -> src/P/A: Three.cs names a type of One.cs",
            ],
            ReferenceRules.FolderCircles(graph));
    }

    [Fact]
    public void A_folder_and_one_inside_it_refer_one_way_too()
        => Assert.Single(ReferenceRules.FolderCircles(Of(
            ("src/P/A/One.cs", "namespace P.A; class One { In.Two two; }"),
            ("src/P/A/In/Two.cs", "namespace P.A.In; class Two { One one; }"))));

    [Fact]
    public void A_circle_of_13_files_is_found_and_one_of_12_is_not()
    {
        (string, string)[] Circle(int files)
            => [.. Enumerable.Range(0, files).Select(i => ($"src/P/T{i}.cs", $"namespace P; class T{i} {{ T{(i + 1) % files} next; }}"))];

        Assert.Empty(ReferenceRules.LargeKnots(Of(Circle(12))));
        var sentence = Assert.Single(ReferenceRules.LargeKnots(Of(Circle(13))));
        Assert.StartsWith("13 files refer to each other in a circle, more than 12:\n  src/P/T0.cs -> T1\n", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class One { void M() { var x = new Two(); } }")]
    [InlineData("class One { System.Collections.Generic.List<Two> all; }")]
    [InlineData("class One { string name = nameof(Two); }")]
    [InlineData("class One { int x = Two.Number; }")]
    [InlineData("class One { object x; bool M() => x is Two; }")]
    [InlineData("class One { P.Two M() => null; }")]
    [InlineData("class One { int x = P.Two.Number; }")]
    [InlineData("class One { Two Two { get; } }")]
    public void A_type_that_is_named_is_a_reference(string code) => Assert.Equal(["src/P/Two.cs"], FilesOf(code));

    [Theory]
    [InlineData("class One { int Two { get; } int M() => Two; }")]
    [InlineData("class One { int Two => 1; static int M(One one) => one.Two; }")]
    [InlineData("class One { int Two; static One M() => new One { Two = 1 }; }")]
    [InlineData("class One { int Two { get; } static bool M(One one) => one is { Two: 1 }; }")]
    [InlineData("class One { /* Two */ string x = \"Two\"; } // Two")]
    [InlineData("/// <see cref=\"Two\"/>\nclass One;")]
    public void What_is_only_called_like_a_type_is_no_reference(string code) => Assert.Empty(FilesOf(code));

    /// <summary>Fails with whole sentences, which an assertion about collections cuts short.</summary>
    private static void AssertKept(IEnumerable<string> broken) => Assert.True(!broken.Any(), string.Join('\n', broken));

    private static SortedSet<string> FilesOf(string code) => Of(
        ("src/P/One.cs", $"namespace P;\n{code}"), ("src/P/Two.cs", "namespace P; class Two { public const int Number = 2; }")).Files["src/P/One.cs"];

    private static ReferenceGraph Of(params (string Path, string Text)[] files) => ReferenceGraph.Of([.. files.Select(file => new SourceFile(file.Path, file.Text))]);
}
