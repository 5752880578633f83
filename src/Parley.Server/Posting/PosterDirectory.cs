using System.Collections.Concurrent;
using System.Text;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Connections;
using Parley.Server.Metrics;
using Parley.Server.Moderation;

namespace Parley.Server.Posting;

/// <summary>The posters there are, by name: as many as tokens and settings have names.</summary>
internal sealed class PosterDirectory : IRoomPoster, IDisposable
{
    private readonly ConcurrentDictionary<UserName, Poster> _posters = new();
    private readonly IBroker _broker;
    private readonly ShutdownSequence _shutdown;
    private readonly TimeProvider _time;
    private readonly OutboxOptions _outbox;
    private readonly ServerBans? _bans;

    public PosterDirectory(IBroker broker, ShutdownSequence shutdown, TimeProvider time, ParleyMetrics? metrics = null, ServerBans? bans = null)
    {
        (_broker, _shutdown, _time, _bans) = (broker, shutdown, time, bans);
        _outbox = new() { Traffic = metrics?.For("post").Traffic };
        if (bans is not null)
        {
            bans.WhenAdded += End;
        }
    }

    public Task<PostedMessage> PostAsync(
        UserName author, RoomName room, string text, MessageKind kind = MessageKind.Text, CancellationToken cancellationToken = default)
    {
        if (author.IsEmpty || room.IsEmpty || text.Contains('\n', StringComparison.Ordinal))
        {
            throw new ArgumentException("A message needs an author, a room, and a text of one line", nameof(text));
        }

        return PostAsync(author, room, new MessageDraft(kind, EnteredText.Clean(Encoding.UTF8.GetBytes(text)).ToArray()), cancellationToken);
    }

    /// <inheritdoc cref="IRoomPoster.PostAsync"/>
    public Task<PostedMessage> PostAsync(UserName author, RoomName room, MessageDraft draft, CancellationToken cancellationToken)
        => _posters
            .GetOrAdd(author, static (name, its) => new Poster(name, its._broker, its._outbox, its._shutdown, its._time), this)
            .PostAsync(room, draft, cancellationToken);

    /// <summary>The posters that are here, each with the id of its session and the time for which it has said nothing.</summary>
    public IReadOnlyList<(UserName Name, SessionId Session, TimeSpan QuietFor)> HandOver()
        => [.. _posters.Select(pair => (pair.Key, Session: pair.Value.HandOver(out var quietFor), quietFor)).Where(poster => poster.Session != default)];

    /// <summary>Goes on with a poster of another process.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="adopt">Makes its session the broker's; false if it could not be kept.</param>
    /// <param name="quietFor">Time for which it has said nothing.</param>
    public void GoOn(UserName name, Func<Session, bool> adopt, TimeSpan quietFor)
    {
        var poster = new Poster(name, _broker, _outbox, _shutdown, _time);
        if (poster.TryGoOn(adopt, quietFor))
        {
            _posters[name] = poster;
        }
    }

    public void Dispose()
    {
        if (_bans is not null)
        {
            _bans.WhenAdded -= End;
        }

        foreach (var poster in _posters.Values)
        {
            poster.Dispose();
        }
    }

    /// <summary>Has the posters go whom a ban is about.</summary>
    private void End(Ban ban)
    {
        foreach (var poster in _posters.Values)
        {
            _ = poster.EndIfAsync(ban.Subject);
        }
    }
}
