using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Http;
using Parley.Server.Options;
using Parley.Server.Posting;
using Parley.Server.Transport;

namespace Parley.Server.Admin;

/// <summary>Commands of an administrator to a running server.</summary>
internal sealed class AdminCommands(
    IBroker broker,
    Readiness readiness,
    IListenerList listeners,
    IEnumerable<HttpListener> http,
    IRoomPoster poster,
    AccountCommands accounts,
    BanCommands bans,
    AuditCommands audit,
    RoomCommands registrations,
    InvitationCommands invitations,
    SettingsReloader settings,
    ParleyOptions options,
    ConnectionLayers layers,
    TimeProvider time,
    ILogger<AdminCommands> logger,
    IHostApplicationLifetime? lifetime = null,
    IServerUpgrade? upgrade = null)
{
    private const string Announcer = "announcement";

    /// <summary>Version of this program.</summary>
    public static readonly string Version =
        typeof(AdminCommands).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private readonly long _started = time.GetTimestamp();

    /// <summary>Does what is asked.</summary>
    public async Task<AdminAnswer> RunAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (request.Command == "upgrade")
        {
            // Where it would be recorded is closed by the time at which it is done.
            return await UpgradeAsync(request);
        }

        var answer = await AnswerAsync(request, cancellationToken);
        await audit.RecordAsync(request, answer);
        return answer;
    }

    private async Task<AdminAnswer> AnswerAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (request.Text?.Any(letter => letter is '\n' or '\r') == true)
        {
            // Announcements, reasons and notes alike: people read each of them in a line of their client.
            return AdminAnswer.Refuse("A text is one line: give it without line breaks");
        }

        try
        {
            return request.Command switch
            {
                "status" => await StatusAsync(cancellationToken),
                "users" => new AdminAnswer { Users = await UsersAsync(cancellationToken) },
                "whois" => await WhoisAsync(request, cancellationToken),
                "rooms" => new AdminAnswer { Rooms = [.. (await RoomsAsync(cancellationToken)).Select(room => new AdminRoom(room.Name, room.Users, room.Secret))] },
                "channels" => new AdminAnswer { Rooms = await RoomsAsync(cancellationToken) },
                "kick" => await KickAsync(request, cancellationToken),
                "announce" => await AnnounceAsync(request, cancellationToken),
                "drain" => Drain(),
                "reload" => await ReloadAsync(cancellationToken),
                "diff" => new AdminAnswer { Changes = await Task.Run(settings.Compare, cancellationToken) },
                _ => await accounts.RunAsync(request, cancellationToken) ?? await bans.RunAsync(request, cancellationToken) ?? await audit.RunAsync(request, cancellationToken)
                    ?? await registrations.RunAsync(request, cancellationToken) ?? await invitations.RunAsync(request, cancellationToken)
                    ?? AdminAnswer.Fail($"This server knows no command '{request.Command}': it may be older than the parley that asks"),
            };
        }
        catch (SettingsException e)
        {
            return new AdminAnswer { Error = "The settings will not do, and nothing has changed", Errors = e.Errors };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.AdminFailed(logger, e);
            return new AdminAnswer { Error = "The server could not do that: its log says why", HttpStatus = StatusCodes.Status500InternalServerError };
        }
    }

    private async Task<AdminAnswer> ReloadAsync(CancellationToken cancellationToken)
    {
        var changes = await Task.Run(settings.Reload, cancellationToken);
        var certificate = Certificate();
        return new AdminAnswer
        {
            Changes = changes,
            Certificate = certificate,
            Error = certificate?.Error is { } error ? $"Settings were read again, but the certificate will not do, and the one before stays in use: {error}" : null,
        };
    }

    private AdminCertificate? Certificate()
        => layers.Certificate is { } files
            ? new AdminCertificate(
                files.Current.TargetCertificate.Subject,
                new DateTimeOffset(files.Current.TargetCertificate.NotAfter.ToUniversalTime()),
                files.LastError is { Length: > 0 } error ? error : null)
            : null;

    private async Task<AdminAnswer> StatusAsync(CancellationToken cancellationToken)
    {
        var counts = await LookAsync(new CountUsers(), cancellationToken);
        return new AdminAnswer
        {
            Status = new AdminStatus(
                Version,
                (long)time.GetElapsedTime(_started).TotalSeconds,
                readiness.IsReady,
                readiness.Words,
                counts.Users,
                counts.MaxUsers,
                counts.Rooms,
                Environment.WorkingSet,
                [.. listeners.Listeners.Concat(http.Select(each => each.Listener)).Select(listener => $"{listener.Name} {listener.Address}")]),
            Certificate = Certificate(),
        };
    }

    private async Task<IReadOnlyList<AdminUser>> UsersAsync(CancellationToken cancellationToken)
    {
        var users = new List<AdminUser>();
        foreach (var actor in (await LookAsync(new ListUsers(), cancellationToken)).Items)
        {
            // Whoever has left meanwhile is not there.
            if (await LookAsync(new FindUser(actor.Name), cancellationToken) is { } user)
            {
                users.Add(Shown(user));
            }
        }

        users.Sort((left, right) => string.Compare(left.Name, right.Name, StringComparison.OrdinalIgnoreCase));
        return users;
    }

    private async Task<AdminAnswer> WhoisAsync(AdminRequest request, CancellationToken cancellationToken)
        => new()
        {
            Users = UserName.TryParse(request.User, out var name) && await LookAsync(new FindUser(name), cancellationToken) is { } user ? [Shown(user)] : [],
        };

    /// <summary>Clients of IRC say by which name they log in to their own machine, behind a tilde; everybody else has its protocol there.</summary>
    private static string ProtocolOf(UserProfile profile) => profile.Ident.StartsWith('~') ? "irc" : profile.Ident;

    private static AdminUser Shown(UserView user)
    {
        var profile = user.Actor.Profile;
        return new AdminUser(
            user.Actor.Name.Value,
            profile.Account.IsEmpty ? null : profile.Account.Value,
            ProtocolOf(profile),
            profile.Host,
            [.. user.Rooms.Select(room => room.Room.Value)],
            user.SignedOn,
            user.LastSpoke)
        {
            RealName = profile.RealName.Length == 0 ? null : profile.RealName,
            Away = profile.Away,
        };
    }

    private async Task<IReadOnlyList<AdminRoom>> RoomsAsync(CancellationToken cancellationToken)
        => [.. (await LookAsync(new ListRooms(), cancellationToken)).Items.Select(room => new AdminRoom(room.Name.Value, room.Users, room.IsSecret)
        {
            Topic = room.Topic?.Text,
            TopicSet = room.Topic?.Time,
            Created = room.Created,
        })];

    private ValueTask<T> LookAsync<T>(Query<T> what, CancellationToken cancellationToken) => broker.LookAsync(SessionId.Server, what, cancellationToken);

    private async Task<AdminAnswer> KickAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (!UserName.TryParse(request.User ?? "", out var name) || await LookAsync(new FindUser(name), cancellationToken) is not { } user)
        {
            return AdminAnswer.Fail($"{request.User} is not here: parley users says who is");
        }

        var reason = string.IsNullOrWhiteSpace(request.Text) ? "Disconnected by an administrator" : request.Text;
        await broker.AskAsync(SessionId.Server, new Disconnect(name, reason), cancellationToken);
        Log.AdminDid(logger, "kick", user.Actor.Name.Value, reason);
        return new AdminAnswer { Done = [user.Actor.Name.Value] };
    }

    private async Task<AdminAnswer> AnnounceAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Text))
        {
            return AdminAnswer.Refuse("There is nothing to announce: give a text");
        }

        if (Encoding.UTF8.GetByteCount(request.Text) is var length && length > options.MaxLineBytes)
        {
            return AdminAnswer.Refuse($"An announcement has at most {options.MaxLineBytes} bytes (--max-line-bytes), and this one has {length}: give a shorter text");
        }

        if (!UserName.TryParse(request.User ?? Announcer, out var author))
        {
            return AdminAnswer.Fail($"'{request.User}' is not the name of a user");
        }

        if (request.Room is { } only && RoomName.TryParse(only, out var asked) && await LookAsync(new FindRoom(asked), cancellationToken) is null)
        {
            return AdminAnswer.Fail($"There is no room {only}: parley rooms says which there are");
        }

        var rooms = request.Room is { } one ? [one] : (await RoomsAsync(cancellationToken)).Select(room => room.Name).ToList();
        var done = new List<string>();
        foreach (var name in rooms)
        {
            if (!RoomName.TryParse(name, out var room))
            {
                return AdminAnswer.Fail($"'{name}' is not the name of a room");
            }

            try
            {
                await poster.PostAsync(author, room, request.Text, cancellationToken: cancellationToken);
                done.Add(room.Value);
            }
            catch (PostException e)
            {
                return new AdminAnswer { Error = $"{room}: {e.Message}", Done = done };
            }
        }

        Log.AdminDid(logger, "announce", string.Join(' ', done), request.Text);
        return new AdminAnswer { Done = done };
    }

    private async Task<AdminAnswer> UpgradeAsync(AdminRequest request)
    {
        if (upgrade is null)
        {
            return AdminAnswer.Fail("This server is part of an application, which starts again by itself: no other program can take its place");
        }

        if (request.Program is not null && !request.MayRunPrograms)
        {
            return AdminAnswer.Fail("Only root and the server's own user say which program takes its place: leave --program out, or ask as one of these");
        }

        Log.AdminDid(logger, "upgrade", request.Program ?? "", "a newer program is to take the server's place");
        await audit.RecordAsync(request, new AdminAnswer());
        return await upgrade.RunAsync(request.Program);
    }

    private AdminAnswer Drain()
    {
        if (lifetime is null)
        {
            return AdminAnswer.Fail("This server cannot be stopped from here: stop the application that it is part of");
        }

        Log.AdminDid(logger, "drain", "", "the server stops");
        lifetime.StopApplication();
        return new AdminAnswer { Done = [] };
    }
}
