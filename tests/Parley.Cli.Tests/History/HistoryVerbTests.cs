using Parley.Cli.Tests.Accounts;
using Parley.Cli.Tests.Chat;
using Parley.Core.Accounts;
using Parley.Storage.Files;

namespace Parley.Cli.Tests.History;

public sealed class HistoryVerbTests : IDisposable
{
    private const string Exported =
        """
        {"room":"main","number":1,"time":"2026-06-01T12:00:00+00:00","author":"Ann","kind":"text","text":"red apple"}
        {"room":"main","number":2,"time":"2026-06-01T12:00:01+00:00","author":"Bob","kind":"action","text":"eats a \u001B[31mgreen apple"}
        {"number":1,"time":"2026-06-01T12:00:02+00:00","author":"Ann","to":"Bob","kind":"text","text":"psst"}

        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("parley-history-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact(Timeout = 120_000)]
    public async Task What_was_imported_is_found_exported_and_forgotten()
    {
        Assert.Equal("3 messages added, 0 there already\n", await RunAsync(Exported, "import"));
        Assert.Equal("{\"added\":0,\"present\":3}\n", await RunAsync(Exported, "import", "-", "--json"));
        Assert.Equal(
            "2026-06-01 12:00:01 #2 * Bob eats a [31mgreen apple\n2026-06-01 12:00:00 #1 Ann: red apple\n",
            await RunAsync("", "search", "--room", "main", "apple"));
        Assert.Equal(Exported.ReplaceLineEndings("\n"), await RunAsync("", "export", "--direct"));
        Assert.Equal("2 messages removed\n", await RunAsync("", "forget", "ann", "--yes"));
        Assert.Equal("messages are sound\n", await RunAsync("", "check"));
        Assert.Equal("1 message added, 0 there already\n", await RunAsync(Exported.Split('\n')[0] + "\n", "import"));
        Assert.Equal("1 message removed\n", await RunAsync("", "forget", "ann", "--yes"));
        Assert.Contains("\"messages\":1,\"directMessages\":0,", await RunAsync("", "stats", "--json"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_is_forgotten_loses_the_files_that_only_a_guests_messages_say_the_owner_of()
    {
        var store = DiskFileStore.Open(_directory);
        var (own, quoted) = (KeptFile.Of(store, Identity.OfGuest(7)), KeptFile.Of(store, Identity.OfGuest(8)));
        await RunAsync(
            $$"""
            {"room":"main","number":1,"time":"2026-06-01T12:00:00+00:00","author":"Ann","authorId":"-7","kind":"text","text":"/files/{{own}} /files/{{quoted}}"}

            """,
            "import");

        Assert.Equal("{\"removed\":1,\"files\":1}\n", await RunAsync("", "forget", "ann", "--yes", "--json"));

        Assert.Equal(quoted, Assert.Single(store.List()).Id);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_line_that_is_no_message_is_named_and_exits_with_1()
    {
        using ParleyProcess parley = ParleyProcess.Start("history", "import", "--data", _directory);
        await parley.Input.WriteAsync("{}\n");
        parley.Input.Close();

        Assert.Equal(
            (1, "standard input, line 1: not a message: it needs room or to, number, time, author, kind and text\n"), await parley.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Where_there_is_no_history_it_says_so_and_exits_with_1()
    {
        using ParleyProcess parley = ParleyProcess.Start("history", "stats", "--data", _directory);

        Assert.Equal((1, $"There is no history in {_directory}: name the server's data directory with --data\n"), await parley.ExitAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("What is to be kept? Give --days N or --messages N, or both\nTry: parley history prune --help\n", "prune")]
    [InlineData("This removes messages for good: add --yes\nTry: parley history forget --help\n", "forget", "ann")]
    [InlineData("'a b' is not the name of a room\nTry: parley history search --help\n", "search", "--room", "a b", "apple")]
    public async Task Wrong_arguments_exit_with_2_and_say_where_the_help_is(string errors, params string[] arguments)
    {
        using ParleyProcess parley = ParleyProcess.Start(["history", .. arguments]);

        Assert.Equal((2, errors), await parley.ExitAsync());
    }

    private async Task<string> RunAsync(string input, params string[] arguments)
    {
        using ParleyProcess parley = ParleyProcess.Start(["history", .. arguments, "--data", _directory]);
        await parley.Input.WriteAsync(input);
        parley.Input.Close();
        string output = await parley.Output.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), await parley.ExitAsync());
        return output.ReplaceLineEndings("\n");
    }
}
