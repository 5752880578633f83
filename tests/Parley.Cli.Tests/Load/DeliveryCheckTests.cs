using Parley.Cli.Load;

namespace Parley.Cli.Tests.Load;

public sealed class DeliveryCheckTests
{
    [Fact]
    public void Messages_in_order_are_received_and_nothing_else()
    {
        DeliveryCheck check = Seen(0, 1, 2);

        Assert.Equal((3L, 0L, 0L, 0L), Result(check, sent: 3));
    }

    [Fact]
    public void A_message_that_never_comes_is_missing()
    {
        Assert.Equal((3L, 1L, 0L, 0L), Result(Seen(0, 1, 3), sent: 4));
        Assert.Equal((2L, 2L, 0L, 0L), Result(Seen(0, 1), sent: 4));
        Assert.Equal((0L, 4L, 0L, 0L), Result(Seen(), sent: 4));
    }

    [Fact]
    public void Two_messages_that_change_places_are_one_reordered_and_none_missing() =>
        Assert.Equal((4L, 0L, 1L, 0L), Result(Seen(0, 2, 1, 3), sent: 4));

    [Fact]
    public void A_message_that_comes_again_is_a_duplicate_however_late()
    {
        Assert.Equal((2L, 0L, 0L, 1L), Result(Seen(0, 0, 1), sent: 2));
        Assert.Equal((3L, 0L, 1L, 1L), Result(Seen(0, 2, 1, 1), sent: 3));
    }

    [Fact]
    public void A_gap_is_filled_from_any_side()
    {
        Assert.Equal((6L, 0L, 4L, 0L), Result(Seen(0, 5, 3, 1, 2, 4), sent: 6));
        Assert.Equal((4L, 2L, 2L, 0L), Result(Seen(0, 5, 3, 2), sent: 6));
    }

    [Fact]
    public void Only_what_a_later_message_overtook_is_known_to_be_missing_while_more_may_come()
    {
        DeliveryCheck check = Seen(0, 2);

        Assert.Equal(1, check.Missing(sentBy: null));
        Assert.True(check.IsMissing(0, 1));
        Assert.False(check.IsMissing(0, 2));
    }

    [Fact]
    public void Each_sender_is_checked_by_itself()
    {
        var check = new DeliveryCheck(senders: 2);
        check.See(0, 0);
        check.See(1, 0);
        check.See(1, 1);
        check.See(0, 1);

        Assert.Equal((4L, 0L, 0L, 0L), Result(check, sent: 2));
    }

    [Fact]
    public void Very_many_gaps_are_counted_though_not_all_are_remembered()
    {
        var check = new DeliveryCheck(senders: 1);
        for (long number = 1; number < 20_001; number += 2)
        {
            check.See(0, number);
        }

        Assert.Equal((10_000L, 10_000L, 0L, 0L), Result(check, sent: 20_000));
        // Forgotten: taken for one that came twice.
        check.See(0, 0);
        Assert.Equal((10_000L, 10_000L, 0L, 1L), Result(check, sent: 20_000));
    }

    [Fact]
    public void A_receiver_to_whom_two_senders_came_the_other_way_round_saw_another_order()
    {
        DeliveryCheck[] room = [TwoSenders(first: 0), TwoSenders(first: 0), TwoSenders(first: 1), TwoSenders(first: 0)];

        Assert.Equal(1, DeliveryCheck.CountOfAnotherOrder(room));
        Assert.Equal(0, DeliveryCheck.CountOfAnotherOrder([room[0], room[1], room[3]]));
        Assert.Equal(0, DeliveryCheck.CountOfAnotherOrder([]));
    }

    private static DeliveryCheck TwoSenders(int first)
    {
        var check = new DeliveryCheck(senders: 2);
        check.See(first, 0);
        check.See(1 - first, 0);
        check.See(0, 1);
        return check;
    }

    private static DeliveryCheck Seen(params long[] numbers)
    {
        var check = new DeliveryCheck(senders: 1);
        foreach (long number in numbers)
        {
            check.See(0, number);
        }

        return check;
    }

    private static (long Received, long Missing, long Reordered, long Duplicated) Result(DeliveryCheck check, long sent) =>
        (check.Received, check.Missing(_ => sent), check.Reordered, check.Duplicated);
}
