using System.Globalization;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Accounts;

namespace Parley.Server.Moderation;

/// <summary>Has decisions in rooms, and about users, recorded that take more than being a member, whichever protocol asks.</summary>
/// <remarks>Messages MUST pass without a detour.</remarks>
internal sealed class AuditingBroker(IBroker inside, AuditLog audit) : IBroker
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SessionId, Session> _sessions = [];

    public bool KeepsHistory => inside.KeepsHistory;

    public SessionId Attach(Session session)
    {
        var id = inside.Attach(session);
        lock (_gate)
        {
            _sessions[id] = session;
        }

        return id;
    }

    public ValueTask DetachAsync(SessionId who, string reason = "")
    {
        lock (_gate)
        {
            _sessions.Remove(who);
        }

        return inside.DetachAsync(who, reason);
    }

    public ValueTask<Decision> AskAsync(SessionId who, Intention what, CancellationToken cancellationToken = default)
        => what is not Post and (Kick or BanFromRoom or ChangeModes or SetTopic or RenameRoom or Disconnect or Redact or RegistrationIntention) && Find(who)?.User is { } user
            ? AskAsync(who, new Actor(user.Id, user.Name, user.Profile), what, cancellationToken)
            : inside.AskAsync(who, what, cancellationToken);

    public ValueTask<T> LookAsync<T>(SessionId who, Query<T> what, CancellationToken cancellationToken = default) => inside.LookAsync(who, what, cancellationToken);

    public ValueTask StopAsync() => inside.StopAsync();

    private Session? Find(SessionId who)
    {
        lock (_gate)
        {
            return _sessions.GetValueOrDefault(who);
        }
    }

    private async ValueTask<Decision> AskAsync(SessionId who, Actor actor, Intention what, CancellationToken cancellationToken)
    {
        var isPlain = what is SetTopic topic && !await TakesRankAsync(topic.Room, cancellationToken);
        var decision = await inside.AskAsync(who, what, cancellationToken);
        if (decision.Verdict == Verdict.Accepted && !isPlain)
        {
            await RecordAsync(actor, what, decision);
        }

        return decision;
    }

    private async Task RecordAsync(Actor actor, Intention what, Decision decision)
    {
        switch (what)
        {
            case Kick its:
                await audit.RecordAsync(actor, "kick", its.Room.Value, its.Member.Value, its.Reason);
                break;
            case BanFromRoom its:
                var time = its.Until is { } until ? string.Create(CultureInfo.InvariantCulture, $"until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "forever";
                await audit.RecordAsync(actor, its.IsMute ? "mute" : "ban", its.Room.Value, its.Name.Value, its.Reason.Length == 0 ? time : $"{time}: {its.Reason}");
                break;
            case SetTopic its:
                await audit.RecordAsync(actor, "topic", its.Room.Value, reason: its.Topic);
                break;
            case RenameRoom its:
                await audit.RecordAsync(actor, "rename", its.Room.Value, its.NewName.Value, its.Reason);
                break;
            case Redact its when !decision.Silenced.IsEmpty:
                await audit.RecordAsync(actor, "redact", its.Room.Value, decision.Silenced.Value, its.Reason);
                break;
            case Disconnect its:
                await audit.RecordAsync(actor, "kill", subject: its.User.Value, reason: its.Reason);
                break;
            case RegisterRoom its:
                await audit.RecordAsync(actor, "register", its.Room.Value);
                break;
            case UnregisterRoom its:
                await audit.RecordAsync(actor, "unregister", its.Room.Value);
                break;
            case SetRole its:
                await audit.RecordAsync(actor, "role", its.Room.Value, its.Account.Name.Value, RoomRoles.Word(its.Rank));
                break;
            case SetRank its:
                await audit.RecordAsync(actor, "mode", its.Room.Value, its.Member.Value, $"{(its.IsAdding ? "+" : "-")}{its.Rank}");
                break;
            case TransferRoom its:
                await audit.RecordAsync(actor, "transfer", its.Room.Value, its.Founder.Name.Value);
                break;
            case ClearAccess its:
                await audit.RecordAsync(actor, "clear", its.Room.Value);
                break;
            case ChangeModes its:
                foreach (var change in decision.Modes?.Applied ?? [])
                {
                    // A key is a secret of those who are in.
                    var argument = change.Mode == RoomMode.Key ? "" : change.Argument ?? "";
                    await audit.RecordAsync(actor, "mode", its.Room.Value, argument, $"{(change.IsAdding ? "+" : "-")}{change.Mode}");
                }

                break;
        }
    }

    /// <summary>True if the topic of a room is for operators.</summary>
    private async ValueTask<bool> TakesRankAsync(RoomName room, CancellationToken cancellationToken)
        => await inside.LookAsync(SessionId.Server, new FindRoom(room), cancellationToken) is { } view && view.Flags.Contains(RoomMode.ProtectedTopic);
}
