using System.CommandLine;
using Parley.Cli.Bots;
using Parley.Cli.Load;

namespace Parley.Cli.Verbs;

/// <summary><c>parley bots</c>: company and load.</summary>
public static class BotsVerb
{
    private const string Examples =
        """
        parley bots                                              three in main, three in garden, a hundred in stress-test
        parley bots --duration 2m                                the same, for two minutes
        parley bots --stress 0 --themed 0 --lines 0              company in main until Ctrl+C
        parley bots --themed 6 --theme kitchen --every 1s-2s     more of them, who talk faster, of something else
        parley bots --simple 0 --themed 0 --stress 500 --stress-every 50-100ms --duration 30s
        parley bots chat.example.com:42069 --stress 0            another server
        parley bots chat.example.com --protocol irc --tls        by IRC over TLS; ws: by IRC over WebSocket

        The simple and the themed bots say --lines each, then all leave; the stress bots talk for as long as they are there
        (unless --stress-lines says how much). Every bot checks that it hears all that the bots of its room say.
        Ctrl+C ends with the summary, a second one at once.
        Exit code: 0 all messages came, 1 messages were lost, came twice or in another order, or a connection was refused or
        lost, 2 wrong arguments, 130 Ctrl+C before the bots were in, or twice.
        """;

    /// <summary>The verb with its options, for the root command.</summary>
    public static Command Create()
    {
        var server = new LoadServerArguments();
        var simple = LoadOption.Count("--simple", 3, "Simple bots, who make small talk", max: 10_000);
        var simpleRoom = LoadOption.Room("--simple-room", "main", "Where the simple bots are");
        var themed = LoadOption.Count("--themed", 3, "Themed bots, who talk of one thing", max: 10_000);
        var theme = LoadOption.Create("--theme", string.Join('|', PhraseBook.Themes), PhraseBook.Themes[0], "What the themed bots talk of",
            "one of " + string.Join(", ", PhraseBook.Themes), (string text, out string value) => PhraseBook.Themes.Contains(value = text, StringComparer.Ordinal));
        var themedRoom = LoadOption.Room("--themed-room", "", "Where the themed bots are; a room named after the theme if not given");
        var lines = LoadOption.Count("--lines", 100, "Lines that each simple and themed bot says; 0: no end");
        var every = LoadOption.Range("--every", TimeRange.FromSeconds(2, 4), "Their pause before a line");
        var stress = LoadOption.Count("--stress", 100, "Stress bots, who talk fast", max: 10_000);
        var stressRoom = LoadOption.Room("--stress-room", "stress-test", "Where the stress bots are");
        var stressLines = LoadOption.Count("--stress-lines", 0, "Lines that each stress bot says; 0: no end");
        var stressEvery = LoadOption.Range("--stress-every", TimeRange.FromSeconds(0.1, 0.2), "Their pause before a line");
        var duration = LoadOption.Time("--duration", default, "Stop after this time; 0s: when all is said", zero: true);
        var drain = LoadOption.Time("--drain", TimeAmount.FromSeconds(5), "How long nothing may come before what is missing counts as lost");
        var command = new Command("bots", "Company and load: bots that talk, and check that they hear each other")
        {
            simple, simpleRoom, themed, theme, themedRoom, lines, every, stress, stressRoom, stressLines, stressEvery, duration, drain,
        };
        server.AddTo(command);
        ExamplesHelpAction.AddTo(command, Examples);
        command.Validators.Add(result =>
        {
            Option<int>[] numbers = [simple, themed, stress];
            if (numbers.All(option => result.GetResult(option)?.Tokens is [{ Value: "0" }]))
            {
                result.AddError("No bots: give at least one of --simple, --themed and --stress above 0");
            }
        });
        command.SetAction((arguments, _) =>
        {
            string themeBook = arguments.GetValue(theme)!;
            string ownRoom = arguments.GetValue(themedRoom) is { Length: > 0 } room ? room : themeBook;
            int companyLines = arguments.GetValue(lines);
            TimeRange companyEvery = arguments.GetValue(every);
            BotGroupOptions[] groups =
            [
                new("simple", "simple", arguments.GetValue(simpleRoom)!, arguments.GetValue(simple), companyLines, companyEvery),
                new("themed", themeBook, ownRoom, arguments.GetValue(themed), companyLines, companyEvery),
                new("stress", "stress", arguments.GetValue(stressRoom)!, arguments.GetValue(stress),
                    arguments.GetValue(stressLines), arguments.GetValue(stressEvery)),
            ];
            return BotsCommand.RunAsync(new BotsOptions(
                server.Of(arguments), [.. groups.Where(group => group.Bots > 0)], arguments.GetValue(duration), arguments.GetValue(drain)));
        });
        return command;
    }
}
