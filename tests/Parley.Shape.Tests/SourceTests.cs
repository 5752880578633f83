using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Parley.Shape.Tests;

public sealed class SourceTests
{
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Text"] = [],
        ["Names"] = ["Text"],
        ["Search"] = ["Names", "Text"],
        ["Accounts"] = ["Names", "Text"],
        ["Files"] = ["Accounts"],
        ["Tokens"] = ["Names"],
        ["Hooks"] = ["Names", "Text", "Tokens"],
        ["Events"] = ["Accounts", "Names", "Text"],
        ["Intentions"] = ["Accounts", "Events", "Names"],
        ["Modes"] = ["Events", "Intentions", "Text"],
        ["Queries"] = ["Accounts", "Events", "History", "Names", "Rooms"],
        ["Delivery"] = ["Events", "History", "Names", "Rooms"],
    };

    [Fact]
    public void No_file_in_src_is_longer_than_500_lines_and_a_partial_class_is_one_file() =>
        Assert.Empty(SourceRules.TooLong(Repository.Sources()));

    [Fact]
    public void Namespaces_in_src_are_their_folders() => Assert.Empty(SourceRules.OutOfPlace(Repository.Sources()));

    // Whatever crosses the broker's seam is data, which knows nobody who decides, delivers or stores.
    [Fact]
    public void Data_in_the_core_knows_nothing_that_is_alive() => Assert.Empty(SourceRules.Upward(Repository.Sources(), MayUse));

    [Fact]
    public void No_type_in_src_has_a_name_that_says_nothing() =>
        Assert.Empty(SourceRules.Meaningless(Repository.Parts.SelectMany(TypesOf)));

    [Fact]
    public void No_folder_in_src_has_a_name_that_says_nothing() =>
        Assert.Empty(SourceRules.Meaningless(
            Repository.Sources().SelectMany(file => file.Path.Split('/')[..^1]).Distinct(StringComparer.Ordinal)));

    [Fact]
    public void Nothing_in_the_server_that_may_run_on_a_socket_loop_reads_files() =>
        Assert.Empty(SourceRules.ReadingFiles(
            Repository.Sources(),
            [
                // When the server starts, or stops.
                "Admin/AdminListener.cs", "Connections/DescriptorLimit.cs", "Connections/WebIrcGateways.cs", "Hosting/SettingsReader.cs", "Mail/SmtpPassword.cs", "Web/Login/ClientSecret.cs",

                // And again later, on the thread pool: by a timer, by REHASH, for a token.
                "Transport/Tls/CertificatePair.cs", "Irc/Files/IrcFiles.cs", "Accounts/Outside/KeyFile.cs", "Accounts/Outside/AuthCommand.cs",

                // On the thread pool, for requests.
                "Http/AcmeChallenges.cs", "Http/OutwardGuard.cs",

                // When a newer program takes over.
                "Upgrade/NewProgram.cs",
            ]));

    // ---- The rules can fail ----

    [Theory]
    [InlineData("var lines = File.ReadAllLines(path);")]
    [InlineData("using var file = new FileStream(path, FileMode.Open);")]
    [InlineData("var host = Dns.GetHostEntry(name);")]
    public void A_file_that_is_read_where_a_loop_may_be_is_found(string line) =>
        Assert.Single(SourceRules.ReadingFiles(
            [
                File("src/Parley.Server/Irc/Command.cs", 3, line),
                File("src/Parley.Server/Options/Allowed.cs", 3, line),
                File("src/Parley.Cli/Elsewhere.cs", 3, line),
                File("src/Parley.Server/Irc/Other.cs", 3, "session.Context.Files.Count();"),
            ],
            ["Options/Allowed.cs"]));

    [Fact]
    public void Data_that_knows_who_decides_is_found() =>
        Assert.Equal(
            ["src/Parley.Core/Intentions/Bad.cs uses Parley.Core.Broker: Intentions may use Names alone"],
            SourceRules.Upward(
                [
                    File("src/Parley.Core/Intentions/Bad.cs", 3, "using Parley.Core.Broker;\nusing Parley.Core.Names;"),
                    File("src/Parley.Core/Rooms/Fine.cs", 3, "using Parley.Core.Broker;"),
                ],
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Intentions"] = ["Names"] }));

    [Fact]
    public void A_file_of_501_lines_is_found() =>
        Assert.Single(SourceRules.TooLong([File("src/Parley.Core/Long.cs", 501), File("src/Parley.Core/Fine.cs", 500)]));

    [Fact]
    public void Halves_of_a_partial_class_are_counted_together()
    {
        SourceFile left = File("src/Parley.Core/Room.cs", 300, "internal sealed partial class Room");
        SourceFile right = File("src/Parley.Core/Room.Events.cs", 300, "partial class Room");
        SourceFile namesake = File("src/Parley.Core/Broker/Rooms/Room.cs", 300, "partial class Room");
        Assert.Single(SourceRules.TooLong([left, right]));
        Assert.Empty(SourceRules.TooLong([left, namesake]));
    }

    [Fact]
    public void A_namespace_that_is_not_its_folder_is_found() =>
        Assert.Single(SourceRules.OutOfPlace(
        [
            new SourceFile("src/Parley.Core/Broker/Rooms/Room.cs", "using System;\n\nnamespace Parley.Core.Room;\n"),
            new SourceFile("src/Parley.Core/Rooms/Rooms.cs", "namespace Parley.Core.Rooms;\n"),
        ]));

    [Theory]
    [InlineData("RoomManager")]
    [InlineData("StringHelpers")]
    [InlineData("LineUtil")]
    [InlineData("Common")]
    [InlineData("PoolManager`1")]
    public void A_name_that_says_nothing_is_found(string name) =>
        Assert.Equal([name], SourceRules.Meaningless([name, "RoomDirectory"]));

    private static SourceFile File(string path, int lines, string first = "// first") =>
        new(path, first + "\n" + new string('\n', lines - 1));

    private static IEnumerable<string> TypesOf(string part)
    {
        string file = Path.Combine(AppContext.BaseDirectory, PartReferences.AssemblyNameOf(part) + ".dll");
        using var assembly = new PEReader(System.IO.File.OpenRead(file));
        MetadataReader reader = assembly.GetMetadataReader();
        return
        [
            .. reader.TypeDefinitions.Select(handle => reader.GetString(reader.GetTypeDefinition(handle).Name))
                .Where(name => !name.Contains('<', StringComparison.Ordinal)),
        ];
    }
}
