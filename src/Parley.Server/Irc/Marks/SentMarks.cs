using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Server.Irc.Marks;

// value = mark *( LF mark ) ; mark = room SP number SP time      ; room: folded; time: what is later may not have been sent, in ticks of UTC

/// <summary>
/// Record of how much of each room's history people were sent while they were in it, so that whoever comes back is not shown it again:
/// clients store what they are shown, and highlights would ring twice. A person is an account; a guest is its connection, as a
/// name proves nothing. An account's marks are kept with it: in one value, once a minute if it has left a room since, and when the server stops.
/// </summary>
internal sealed class SentMarks : IDisposable
{
    /// <summary>Kind under which the account store files the marks.</summary>
    private const string Kind = "sent";

    /// <summary>Accounts that are remembered; of more, those are forgotten that were first. As many may wait to be saved.</summary>
    private const int MaxAccounts = 10_000;

    /// <summary>Rooms of one person; in further ones it is shown again what it may have been shown.</summary>
    private const int MaxRooms = 200;

    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(1);

    private readonly IAccountStore _store;
    private readonly TimeProvider _time;
    private readonly ConditionalWeakTable<User, Marks> _guests = [];
    private readonly ConcurrentDictionary<AccountId, Marks> _accounts = new();
    private readonly ConcurrentQueue<AccountId> _order = new();
    private readonly ConcurrentDictionary<AccountId, Marks> _unsaved = new();
    private readonly SemaphoreSlim _saving = new(1);
    private readonly ITimer _timer;

    public SentMarks(IAccountStore store, TimeProvider time)
    {
        (_store, _time) = (store, time);
        _timer = time.CreateTimer(static marks => _ = ((SentMarks)marks!).SaveAsync(), this, SaveInterval, SaveInterval);
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Somebody has left a room.</summary>
    /// <param name="user">Who.</param>
    /// <param name="room">The room.</param>
    /// <param name="number">The number of the last message that was put on its way to it.</param>
    /// <param name="heard">If its connection may have been dead: when it last said anything. What was sent later may be lost.</param>
    public void Left(User user, RoomName room, long number, DateTimeOffset? heard)
    {
        if (number <= 0)
        {
            return;
        }

        var marks = MarksOf(user);
        if (marks.ContainsKey(room) || marks.Count < MaxRooms)
        {
            var mark = new Mark(number, heard, _time.GetUtcNow());
            marks.AddOrUpdate(room, mark, (_, old) => old.Number >= number && old.Heard is null ? old : mark);
            if (user.Profile.Login is { } login && _unsaved.Count < MaxAccounts)
            {
                _unsaved[login.Id] = marks;
            }
        }
    }

    /// <summary>Reads what is kept with a user's account, once. Never throws: to be shown something again matters less than to be in the room.</summary>
    public async ValueTask LoadAsync(User user, CancellationToken cancellationToken)
    {
        if (user.Profile.Login is not { } login || MarksOf(user) is not { IsLoaded: false } marks)
        {
            return;
        }

        try
        {
            var kept = await _store.GetValueAsync(login.Id, Kind, Kind, cancellationToken) ?? "";
            foreach (var line in kept.Split('\n').Take(MaxRooms))
            {
                if (TryRead(line, out var room, out var mark))
                {
                    marks.TryAdd(room, mark);
                }
            }

            marks.IsLoaded = true;
        }
        catch (AccountStoreException)
        {
            // It is read for the next room.
        }
    }

    /// <summary>Keeps what is not kept yet with the accounts. Never throws: what cannot be kept now is kept the next time.</summary>
    public async Task SaveAsync()
    {
        await _saving.WaitAsync();
        try
        {
            foreach (var (account, marks) in _unsaved)
            {
                // What changes from here on is saved again.
                _unsaved.TryRemove(KeyValuePair.Create(account, marks));
                try
                {
                    await _store.SetValueAsync(account, Kind, Kind, TextOf(marks));
                }
                catch (AccountStoreException)
                {
                    _unsaved.TryAdd(account, marks);
                    return;
                }
            }
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>Of a room's last messages, those that the user was not sent yet: when it left the room, or a room of a name that it had.</summary>
    public IReadOnlyList<HistoryEntry> Unsent(User user, Past past)
    {
        var marks = MarksOf(user);
        if (marks.IsEmpty)
        {
            return past.Entries;
        }

        // Another room may have had one of the names before, or may have it since, and the mark may be of that: numbers tell.
        var known = new List<Mark>();
        var first = 0L;
        foreach (var former in past.FormerNames)
        {
            if (marks.TryGetValue(former.Name, out var then) && then.Number >= first && then.Number <= former.LastNumber)
            {
                known.Add(then);
            }

            first = former.LastNumber;
        }

        if (marks.TryGetValue(past.Room, out var mark) && mark.Number >= first)
        {
            known.Add(mark);
        }

        return [.. past.Entries.Where(entry => !known.Exists(each => each.Covers(entry)))];
    }

    private static string TextOf(Marks marks)
    {
        var text = new StringBuilder();
        foreach (var (room, mark) in marks.ToArray())
        {
            // Times too: should history begin anew, its numbers do, and say nothing then.
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? "\n" : "")}{room.Key} {mark.Number} {(mark.Heard ?? mark.At).UtcTicks}");
        }

        return text.ToString();
    }

    private static bool TryRead(string line, out RoomName room, out Mark mark)
    {
        (room, mark) = (default, default);
        if (line.Split(' ') is not [var name, var number, var ticks]
            || !RoomName.TryParse(name, out room)
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var utc)
            || utc > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        var until = new DateTimeOffset(utc, TimeSpan.Zero);
        mark = new Mark(last, until, until);
        return true;
    }

    private Marks MarksOf(User user)
    {
        if (user.Profile.Login is not { } login)
        {
            return _guests.GetOrCreateValue(user);
        }

        return _accounts.GetOrAdd(login.Id, added =>
        {
            _order.Enqueue(added);
            if (_order.Count > MaxAccounts && _order.TryDequeue(out var oldest))
            {
                _accounts.TryRemove(oldest, out _);
            }

            return _unsaved.TryGetValue(added, out var unsaved) ? unsaved : new Marks();
        });
    }

    private sealed class Marks : ConcurrentDictionary<RoomName, Mark>
    {
        /// <summary>True once it has what is kept with the account, too.</summary>
        public bool IsLoaded { get; set; }
    }

    /// <summary>Progress of somebody through a room, as far as its messages were sent.</summary>
    /// <param name="Number">The number of the last message that was sent.</param>
    /// <param name="Heard">If what was sent later may be lost: when that began.</param>
    /// <param name="At">When it left, UTC.</param>
    private readonly record struct Mark(long Number, DateTimeOffset? Heard, DateTimeOffset At)
    {
        public bool Covers(in HistoryEntry entry) => entry.Number <= Number && !(entry.Time > Heard);
    }
}
