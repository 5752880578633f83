using System.Globalization;
using Parley.Cli.Terminal;
using Parley.Cli.Tokens;
using Parley.Core.Text;
using Parley.Server.Admin;
using Parley.Server.Options;

namespace Parley.Cli.Admin;

/// <summary>Asks a running server for something, and shows its answer as a table or as JSON.</summary>
internal static class AdminCommand
{
    private const int MaxReasonChars = 200;

    /// <summary>Asks, shows, and gives the exit code.</summary>
    /// <param name="path">The server's socket.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="isJson">Whether the answer is for a program.</param>
    /// <param name="show">Shows an answer that is no error, to people.</param>
    /// <param name="waitForEnd">Whether to wait until the server has gone.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<int> RunAsync(
        Func<string> path, AdminRequest request, bool isJson, Action<AdminAnswer> show, bool waitForEnd, CancellationToken cancellationToken)
    {
        try
        {
            using AdminClient client = await AdminClient.ConnectAsync(path(), cancellationToken).ConfigureAwait(false);
            AdminAnswer answer = await client.AskAsync(request, cancellationToken).ConfigureAwait(false);
            if (waitForEnd && answer.Error is null)
            {
                await client.WaitForEndAsync(cancellationToken).ConfigureAwait(false);
            }

            if (isJson)
            {
                await Console.Out.WriteAsync(AdminJson.Line(answer)).ConfigureAwait(false);
                return answer.Error is null ? ExitCode.Done : ExitCode.Failed;
            }

            if (answer.Error is { } error)
            {
                foreach (string line in answer.Errors ?? [])
                {
                    await Console.Error.WriteLineAsync(line).ConfigureAwait(false);
                }

                return TokenCommand.Fail(error);
            }

            show(answer);
            return ExitCode.Done;
        }
        catch (AdminException e)
        {
            return TokenCommand.Fail(e.Message);
        }
        catch (SettingsException e)
        {
            foreach (string line in e.Errors)
            {
                await Console.Error.WriteLineAsync(line).ConfigureAwait(false);
            }

            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    public static void ShowUpgrade(AdminAnswer answer)
    {
        AdminUpgrade upgrade = answer.Upgrade!;
        Console.Out.WriteLine(Invariant($"Version {upgrade.Version} serves as process {upgrade.Process}: {Counted.Of(upgrade.Kept, "connection")} stayed, and waited {upgrade.Milliseconds} ms"));
        Console.Out.WriteLine($"Its environment is that of the program before ({(upgrade.Variables is { Count: > 0 } names ? string.Join(", ", names) : "no settings in it")}): variables that have changed since take a restart");
    }

    public static void ShowStatus(AdminAnswer answer)
    {
        AdminStatus status = answer.Status!;
        TokenCommand.WriteTable(
        [
            ["health", status.Health],
            ["version", status.Version],
            ["up", Time(TimeSpan.FromSeconds(status.UpSeconds))],
            ["users", Invariant($"{status.Users} (at most {status.MaxUsers} at a time)")],
            ["rooms", Invariant($"{status.Rooms}")],
            ["memory", Invariant($"{status.MemoryBytes / 1024.0 / 1024:F0} MiB")],
            .. status.Listeners.Select(listener => listener.Split(' ', 2)),
            .. answer.Certificate is { } certificate ? [["certificate", Shown(certificate)]] : Array.Empty<string[]>(),
        ]);
    }

    public static void ShowUsers(AdminAnswer answer) => TokenCommand.WriteTable(
    [
        ["NAME", "ACCOUNT", "CAME BY", "FROM", "SINCE", "LAST SPOKE", "ROOMS"],
        .. answer.Users!.Select(user => new[]
        {
            user.Name, user.Account ?? "-", user.Protocol, user.Host, TokenCommand.Text(user.SignedOn), TokenCommand.Text(user.LastSpoke), string.Join(' ', user.Rooms),
        }),
    ]);

    public static void ShowRooms(AdminAnswer answer) => TokenCommand.WriteTable(
    [
        ["ROOM", "USERS", "SECRET"],
        .. answer.Rooms!.Select(room => new[] { room.Name, Invariant($"{room.Users}"), room.Secret ? "yes" : "-" }),
    ]);

    public static void ShowBans(AdminAnswer answer)
    {
        if (answer.Bans!.Count == 0)
        {
            Console.Out.WriteLine("Nobody is banned");
            return;
        }

        TokenCommand.WriteTable(
        [
            ["SUBJECT", "KIND", "UNTIL", "BY", "SINCE", "REASON"],
            .. answer.Bans.Select(ban => new[]
            {
                ban.Subject, ban.Kind, ban.Until is { } until ? TokenCommand.Text(until) : "forever", ban.By, TokenCommand.Text(ban.Made), ban.Reason,
            }),
        ]);
    }

    /// <summary>A ban that was made, or would be, and those whose sessions have ended, or would.</summary>
    public static void ShowBanned(AdminAnswer answer, bool isDryRun)
    {
        AdminBan ban = answer.Bans![0];
        string until = ban.Until is { } end ? $" until {TokenCommand.Text(end)}" : "";
        string names = answer.Done!.Count == 0 ? "nobody who is there" : string.Join(", ", answer.Done);
        Console.Out.WriteLine(isDryRun
            ? $"A ban of {ban.Subject} ({ban.Kind}){until} would be about {names}"
            : $"{ban.Subject} ({ban.Kind}) is banned{until}; disconnected: {names}");
    }

    public static void ShowAudit(AdminAnswer answer) => TokenCommand.WriteTable(
    [
        ["TIME", "WHO", "ACTION", "ROOM", "SUBJECT", "REASON"],
        .. answer.Audit!.Select(entry => new[]
        {
            TokenCommand.Text(entry.Time), entry.Account is null ? entry.Actor : $"{entry.Actor} (account)", entry.Action, entry.Room ?? "-", entry.Subject ?? "-", Cut(entry.Reason ?? ""),
        }),
    ]);

    /// <summary>Settings that differ: those that a reload applies, and those that wait for the next start.</summary>
    public static void ShowChanges(AdminAnswer answer)
    {
        if (answer.Changes!.Count == 0)
        {
            Console.Out.WriteLine("The server runs with these settings");
            return;
        }

        TokenCommand.WriteTable(
        [
            ["SETTING", "RUNNING", "GIVEN", "APPLIES"],
            .. answer.Changes.Select(change => new[] { change.Name, Shown(change.From), Shown(change.To), change.IsLive ? "by parley reload" : "at the next start" }),
        ]);
        WriteLosses(answer.Changes);
    }

    private static void WriteLosses(IEnumerable<SettingsChange> changes)
    {
        foreach (var change in changes.Where(change => change.Loss is not null))
        {
            Console.Out.WriteLine($"{change.Name}: {change.Loss}");
        }
    }

    public static void ShowReload(AdminAnswer answer)
    {
        if (answer.Changes!.Count == 0)
        {
            Console.Out.WriteLine("Read again: no setting has changed");
        }
        else
        {
            TokenCommand.WriteTable(
            [
                ["SETTING", "WAS", "IS GIVEN", "NOW"],
                .. answer.Changes.Select(change => new[] { change.Name, Shown(change.From), Shown(change.To), change.IsLive ? "applied" : "waits for the next start" }),
            ]);
            WriteLosses(answer.Changes);
        }

        if (answer.Certificate is { } certificate)
        {
            Console.Out.WriteLine($"Certificate in use: {Shown(certificate)}");
        }
    }

    private static string Shown(AdminCertificate certificate)
        => $"{certificate.Subject}, until {TokenCommand.Text(certificate.ValidUntil)}{(certificate.Error is { } error ? $"; its files will not do now: {error}" : "")}";

    /// <summary>As much of a text as is read in a table; JSON has all of it.</summary>
    private static string Cut(string text) => text.Length <= MaxReasonChars ? text : $"{text[..MaxReasonChars]}... ({text.Length} characters: --json has them)";

    private static string Shown(string value) => value.Length == 0 ? "''" : value;

    private static string Time(TimeSpan time) => time.TotalDays >= 1 ? Invariant($"{(int)time.TotalDays} d {time.Hours} h") : Invariant($"{time:hh\\:mm\\:ss}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
