using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Xunit;

namespace Parley.Specification;

/// <summary>What every store of history does. One file per topic. An implementation derives one class from this, and passes.</summary>
public abstract partial class HistoryStoreSpecification : IAsyncLifetime
{
    /// <summary>When message number 0 would have been sent; number 1 a second later, and so on.</summary>
    protected static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Retention KeepAll = new(TimeSpan.Zero, 0);

    private IHistoryStore? _store;

    protected IHistoryStore Store => _store ??= CreateStore();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }

    /// <summary>An empty store that bounds nothing by itself.</summary>
    protected abstract IHistoryStore CreateStore();

    protected static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));

    protected static UserName User(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));

    /// <summary>A message, of the second that is its number.</summary>
    protected static HistoryEntry Said(string room, long number, string text, string author = "Ann")
        => new(Room(room), number, Start.AddSeconds(number), User(author), default, MessageKind.Text, Encoding.UTF8.GetBytes(text));

    /// <summary>A direct message, of the second that is its number.</summary>
    protected static HistoryEntry Told(string author, string recipient, long number, string text)
        => new(default, number, Start.AddSeconds(number), User(author), User(recipient), MessageKind.Text, Encoding.UTF8.GetBytes(text))
        {
            AuthorId = Guest(author),
            RecipientId = Guest(recipient),
        };

    /// <summary>The guest that wears that name in these tests, in any case.</summary>
    protected static Identity Guest(string name) => Identity.OfGuest(name.ToLowerInvariant().Aggregate(7L, (sum, letter) => (sum * 31) + letter));

    /// <summary>That guest, asking.</summary>
    protected static DirectReader Anyone(string name) => new(Guest(name));

    /// <summary>An account, made at the start.</summary>
    protected static ProvenAccount Proven(string name, long id) => new(new AccountId(id), User(name), Start);

    protected static string TextOf(HistoryEntry entry) => Encoding.UTF8.GetString(entry.Text.Span);

    /// <summary>Does all that can wait, with everything kept.</summary>
    protected void TidyUp() => TidyUp(KeepAll, Start);

    protected void TidyUp(Retention retention, DateTimeOffset now)
    {
        while (Store.Tidy(retention, now))
        {
        }
    }

    private async Task<string[]> TextsAsync(HistoryQuery query) => [.. (await Store.ReadAsync(query, Token)).Select(TextOf)];

    private async Task<IEnumerable<long>> NumbersAsync(HistoryQuery query) => (await Store.ReadAsync(query, Token)).Select(entry => entry.Number);

    /// <summary>A room with messages 1 to a number, each with its number as text.</summary>
    private void Fill(string room, int count)
        => Store.Append([.. Enumerable.Range(1, count).Select(number => Said(room, number, $"{number}"))]);
}
