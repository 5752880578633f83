using Parley.Core.Accounts;
using Parley.Server.Accounts;
using Parley.TestKit;

namespace Parley.Server.Tests.Accounts;

public sealed class OneTimeTicketsTests
{
    private static readonly AccountId Ann = new(7);
    private static readonly AccountId Bob = new(8);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void A_ticket_logs_in_once()
    {
        var tickets = new OneTimeTickets(_time);
        var ticket = tickets.Issue(Ann);

        Assert.True(OneTimeTickets.IsForm(ticket));
        Assert.True(tickets.TryUse(ticket, Ann));
        Assert.False(tickets.TryUse(ticket, Ann));
    }

    [Fact]
    public void A_ticket_is_good_for_its_own_account_and_is_not_used_up_by_a_try_for_another()
    {
        var tickets = new OneTimeTickets(_time);
        var ticket = tickets.Issue(Ann);

        Assert.False(tickets.TryUse(ticket, Bob));
        Assert.True(tickets.TryUse(ticket, Ann));
    }

    [Fact]
    public void A_ticket_has_to_be_used_within_its_time()
    {
        var tickets = new OneTimeTickets(_time);
        var inTime = tickets.Issue(Ann);
        var late = tickets.Issue(Ann);

        _time.Advance(OneTimeTickets.Lifetime);
        Assert.True(tickets.TryUse(inTime, Ann));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(tickets.TryUse(late, Ann));
    }

    [Fact]
    public void The_oldest_ticket_gives_way_to_one_too_many()
    {
        var tickets = new OneTimeTickets(_time);
        List<string> issued = [.. Enumerable.Range(0, OneTimeTickets.MaxTickets + 1).Select(_ => tickets.Issue(Ann))];

        Assert.False(tickets.TryUse(issued[0], Ann));
        Assert.True(tickets.TryUse(issued[1], Ann));
        Assert.True(tickets.TryUse(issued[^1], Ann));
    }

    [Theory]
    [InlineData("")]
    [InlineData("correct horse battery staple")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    public void Other_texts_are_no_tickets(string text) => Assert.False(OneTimeTickets.IsForm(text));
}
