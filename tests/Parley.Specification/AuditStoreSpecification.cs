using Parley.Core.Moderation;
using Xunit;

namespace Parley.Specification;

/// <summary>Behaviour of every store of decisions. An implementation derives one class from this, and passes.</summary>
public abstract class AuditStoreSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IAuditStore Audit { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_is_read_as_it_was_appended()
    {
        var entry = new AuditEntry(Noon.AddTicks(1), "root", "ban") { Account = 42, Room = "main", Subject = "mallory", Reason = "genug\0für heute" };

        await Audit.AppendAsync([entry], keep: 10, Token);

        Assert.Equal(entry, Assert.Single(await Audit.ReadAsync(10, cancellationToken: Token)));
    }

    [Fact]
    public async Task The_last_ones_are_read_oldest_first_and_from_a_time_on()
    {
        await Audit.AppendAsync([EntryOf(1), EntryOf(2), EntryOf(3)], keep: 10, Token);
        await Audit.AppendAsync([EntryOf(4)], keep: 10, Token);

        Assert.Equal(["3", "4"], await ReadAsync(2));
        Assert.Equal(["2", "3", "4"], await ReadAsync(10, Noon.AddMinutes(2)));
        Assert.Equal(["4"], await ReadAsync(1, Noon.AddMinutes(2)));
        Assert.Empty(await ReadAsync(10, Noon.AddMinutes(5)));
    }

    [Fact]
    public async Task The_oldest_make_way()
    {
        await Audit.AppendAsync([EntryOf(1), EntryOf(2), EntryOf(3)], keep: 2, Token);
        Assert.Equal(["2", "3"], await ReadAsync(10));

        await Audit.AppendAsync([EntryOf(4)], keep: 2, Token);
        Assert.Equal(["3", "4"], await ReadAsync(10));
    }

    private static AuditEntry EntryOf(int number) => new(Noon.AddMinutes(number), "root", "kick") { Subject = number.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    private async Task<IEnumerable<string>> ReadAsync(int last, DateTimeOffset? since = null) => (await Audit.ReadAsync(last, since, Token)).Select(entry => entry.Subject);
}
