using System.CommandLine;
using Parley.Cli.History;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Text;

namespace Parley.Cli.Verbs;

/// <summary><c>parley history</c>: what an operator does to what was said, beside a running server.</summary>
public static class HistoryVerb
{
    private const string Examples =
        """
        parley history stats                               how much there is, and where
        parley history search --room main release notes    messages that have both words
        parley history export --room main > main.jsonl     one message a line, as JSON
        parley history export --direct | gzip > all.gz     everything, direct messages too
        zcat all.gz | parley history import                what is there already is left as it is
        parley history prune --days 90                     remove what is older
        parley history backup /backup/monday.db            to restore: stop the server, move history.db* away, put it in the place of history.db
        parley history check --repair                      look for damage, make a damaged search index anew
        parley history forget alice --yes                  remove all that alice wrote, and her files
        parley history stats --data /srv/parley --json     another server's, for programs

        All of it works while a server runs; then import adds only what is missing, and check leaves out the search index.
        The directory is found as parley serve finds its own: --data, PARLEY_DATA, "data" in parley.json (or the file that
        --config names), the default.
        Exit code: 0 done, 1 the history cannot be used or is damaged, 2 wrong arguments, 130 Ctrl+C.
        """;

    /// <summary>The verb with its own verbs, for the root command.</summary>
    public static Command Create()
    {
        var data = new DataOption("database", "history-store");
        var json = new Option<bool>("--json") { Description = "Write JSON, for programs", Recursive = true };
        var command = new Command("history", "Look after what was said: export, import, search, prune, back up, check, forget")
        {
            json, Stats(data, json), Export(data), Import(data, json), Search(data, json), Prune(data, json),
            Backup(data, json), Check(data, json), HistoryForgetVerb.Create(data, json),
        };
        data.AddTo(command);

        // It names its stores by itself.
        command.Subcommands.Add(HistoryMoveVerb.Create(json));
        ExamplesHelpAction.AddTo(command, Examples);
        return command;
    }

    private static Command Stats(DataOption data, Option<bool> json)
    {
        var command = new Command("stats", "Say how much there is, and where");
        command.SetAction(arguments => HistoryCommand.Run(data.Of(arguments), arguments.GetValue(json), (admin, output) =>
        {
            var stats = admin.Stats();
            output.Write(
                stats,
                HistoryJson.Lines.HistoryStats,
                $"file             {stats.Path} ({stats.Bytes / 1024.0 / 1024:F1} MiB, schema {stats.SchemaVersion})",
                $"in use           {(stats.InUse ? "by a server" : "no")}",
                $"rooms            {stats.Rooms}",
                $"messages         {stats.Messages}",
                $"direct messages  {stats.DirectMessages}",
                $"to be indexed    {stats.Unindexed}",
                $"oldest           {stats.Oldest?.ToString("u") ?? "-"}",
                $"newest           {stats.Newest?.ToString("u") ?? "-"}");
            return true;
        }));
        return command;
    }

    private static Command Export(DataOption data)
    {
        var room = RoomOption("Only this room's messages");
        var direct = new Option<bool>("--direct") { Description = "Direct messages, too" };
        var command = new Command("export", "Write all messages as JSON, one a line, in the order in which they were kept") { room, direct };
        command.SetAction(arguments => HistoryCommand.Run(data.Of(arguments), isJson: true, (admin, output) =>
        {
            foreach (var entry in admin.Export(arguments.GetValue(room), arguments.GetValue(direct)))
            {
                output.Write(entry);
            }

            return true;
        }));
        return command;
    }

    private static Command Import(DataOption data, Option<bool> json)
    {
        var file = PathArguments.Required("FILE", "What was exported; - for standard input");
        file.DefaultValueFactory = _ => "-";
        var command = new Command("import", "Add exported messages that are not there, by room and number") { file };
        command.SetAction(arguments => HistoryCommand.RunOrCreate(data.Of(arguments), arguments.GetValue(json), (admin, output) =>
        {
            var result = admin.Import(HistoryInput.Read(arguments.GetValue(file)!), TimeProvider.System.GetUtcNow());
            output.Write(result, HistoryJson.Lines.ImportResult, $"{Counted.Of(result.Added, "message")} added, {result.Present} there already");
            return true;
        }));
        return command;
    }

    private static Command Search(DataOption data, Option<bool> json)
    {
        var room = RoomOption("The room to search");
        room.Required = true;
        var limit = NumberOption.Create("--limit", "No more messages than this", 20, 1, 10_000);
        var words = new Argument<string[]>("WORDS") { Description = "Words that must all be there; word* for all that begin so", Arity = ArgumentArity.OneOrMore };
        var command = new Command("search", "Find messages by words, the newest first") { room, limit, words };
        command.SetAction(arguments => HistoryCommand.Run(data.Of(arguments), arguments.GetValue(json), (admin, output) =>
        {
            var search = new HistorySearch(arguments.GetValue(room), string.Join(' ', arguments.GetValue(words)!)) { Limit = arguments.GetValue(limit), Life = RoomLife.All };
            for (SearchPage page; ; search = search.Behind(page.StoppedAt!.Value) with { Limit = search.Limit - page.Entries.Count })
            {
                page = admin.Search(search);
                foreach (var entry in page.Entries)
                {
                    output.Write(entry);
                }

                if (page.StoppedAt is null)
                {
                    return true;
                }
            }
        }));
        return command;
    }

    private static Command Prune(DataOption data, Option<bool> json)
    {
        var days = NumberOption.Optional("--days", "Keep messages for so many days", 1, 36_500);
        var messages = NumberOption.Optional("--messages", "Keep so many messages of a room", 1, int.MaxValue);
        var command = new Command("prune", "Remove old messages now, whatever the server's settings are") { days, messages };
        command.Validators.Add(result =>
        {
            if (result.GetResult(days) is null && result.GetResult(messages) is null)
            {
                result.AddError("What is to be kept? Give --days N or --messages N, or both");
            }
        });
        command.SetAction(arguments => HistoryCommand.RunToPrune(data.Of(arguments), arguments.GetValue(json), (admin, output) =>
        {
            var retention = new Retention(TimeSpan.FromDays(arguments.GetValue(days) ?? 0), arguments.GetValue(messages) ?? 0);
            var removed = admin.Prune(retention, TimeProvider.System.GetUtcNow());
            output.Write(
                new RemovedMessages(removed),
                HistoryJson.Lines.RemovedMessages,
                [
                    $"{Counted.Of(removed, "message")} removed",
                    .. admin.HasGivenUpReserve
                        ? ["the disk was full: history.reserve was given up, the server makes it anew when it starts and there is room"]
                        : Array.Empty<string>(),
                ]);
            return true;
        }));
        return command;
    }

    private static Command Backup(DataOption data, Option<bool> json)
    {
        var file = PathArguments.Required("FILE", "The file to write, which is not there yet");
        var command = new Command("backup", "Copy the history as it is now") { file };
        command.SetAction(arguments => HistoryCommand.Run(data.Of(arguments), arguments.GetValue(json), (admin, output) =>
        {
            var path = Path.GetFullPath(arguments.GetValue(file)!);
            admin.Backup(path);
            output.Write(new WrittenBackup(path, new FileInfo(path).Length), HistoryJson.Lines.WrittenBackup, $"{path} written");
            return true;
        }));
        return command;
    }

    private static Command Check(DataOption data, Option<bool> json)
    {
        var repair = new Option<bool>("--repair") { Description = "Make a damaged search index anew, give messages from the future the present time" };
        var command = new Command("check", "Look for damage") { repair };
        command.SetAction(arguments => HistoryCommand.Run(data.Of(arguments), arguments.GetValue(json), (admin, output) =>
        {
            var result = admin.Check(arguments.GetValue(repair), TimeProvider.System.GetUtcNow());
            output.Write(
                result,
                HistoryJson.Lines.CheckResult,
                [
                    .. result.Problems,
                    .. result.Problems.Count == 0 ? ["messages are sound"] : Array.Empty<string>(),
                    .. result.TimesMended > 0 ? [$"{Counted.Of(result.TimesMended, "message")} of a time that is yet to come {(result.TimesMended == 1 ? "has" : "have")} the present one now"] : Array.Empty<string>(),
                    .. !result.IndexChecked ? ["search index not looked at, as a server is running"]
                        : result.IndexRebuilt ? ["search index was damaged, and made anew"] : Array.Empty<string>(),
                ]);
            return result.Problems.Count == 0;
        }));
        return command;
    }

    private static Option<RoomName> RoomOption(string description) => new("--room")
    {
        HelpName = "NAME",
        Description = description,
        CustomParser = result =>
        {
            if (!RoomName.TryParse(result.Tokens[0].Value, out var room))
            {
                result.AddError($"'{result.Tokens[0].Value}' is not the name of a room");
            }

            return room;
        },
    };
}
