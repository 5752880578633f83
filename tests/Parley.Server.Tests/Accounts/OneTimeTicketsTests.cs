using Parley.Core.Accounts;
using Parley.Server.Accounts;
using Parley.TestKit;

namespace Parley.Server.Tests.Accounts;

public sealed class OneTimeTicketsTests
{
    private static readonly AccountId Ann = new(7);
    private static readonly AccountId Bob = new(8);

    private static readonly SshKey Key = SshKey.TryRestore("SHA256:" + new string('A', 43), "", out var key) ? key : throw new FormatException();

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void A_ticket_logs_in_once()
    {
        var tickets = new OneTimeTickets(_time);
        var ticket = tickets.Issue(Ann, Key);

        Assert.True(OneTimeTickets.IsForm(ticket));
        Assert.Equal(Key, tickets.Use(ticket, Ann));
        Assert.Null(tickets.Use(ticket, Ann));
    }

    [Fact]
    public void A_ticket_is_good_for_its_own_account_and_is_not_used_up_by_a_try_for_another()
    {
        var tickets = new OneTimeTickets(_time);
        var ticket = tickets.Issue(Ann, Key);

        Assert.Null(tickets.Use(ticket, Bob));
        Assert.Equal(Key, tickets.Use(ticket, Ann));
    }

    [Fact]
    public void A_ticket_has_to_be_used_within_its_time()
    {
        var tickets = new OneTimeTickets(_time);
        var inTime = tickets.Issue(Ann, Key);
        var late = tickets.Issue(Ann, Key);

        _time.Advance(OneTimeTickets.Lifetime);
        Assert.Equal(Key, tickets.Use(inTime, Ann));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(tickets.Use(late, Ann));
    }

    [Fact]
    public void The_oldest_ticket_gives_way_to_one_too_many()
    {
        var tickets = new OneTimeTickets(_time);
        List<string> issued = [.. Enumerable.Range(0, OneTimeTickets.MaxTickets + 1).Select(_ => tickets.Issue(Ann, Key))];

        Assert.Null(tickets.Use(issued[0], Ann));
        Assert.Equal(Key, tickets.Use(issued[1], Ann));
        Assert.Equal(Key, tickets.Use(issued[^1], Ann));
    }

    [Fact]
    public void The_tickets_for_an_account_are_removed_and_no_others()
    {
        var tickets = new OneTimeTickets(_time);
        var (first, others, second) = (tickets.Issue(Ann, Key), tickets.Issue(Bob, Key), tickets.Issue(Ann, Key));

        tickets.RemoveAll(Ann);

        Assert.Null(tickets.Use(first, Ann));
        Assert.Null(tickets.Use(second, Ann));
        Assert.Equal(Key, tickets.Use(others, Bob));
    }

    [Theory]
    [InlineData("")]
    [InlineData("correct horse battery staple")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    public void Other_texts_are_no_tickets(string text) => Assert.False(OneTimeTickets.IsForm(text));
}
