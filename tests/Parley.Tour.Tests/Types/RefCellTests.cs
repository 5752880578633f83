
namespace Parley.Tour.Tests.Types;

public sealed class RefCellTests
{
    private readonly RefCell<int> _cell = new(1);

    [Fact]
    public void Any_number_may_look_at_once()
    {
        using SharedBorrow<int> a = _cell.BorrowShared();
        using SharedBorrow<int> b = _cell.BorrowShared();
        Assert.Equal((1, 1), (a.Value, b.Value));
    }

    [Fact]
    public void A_change_is_seen_by_the_next_borrower()
    {
        using (ExclusiveBorrow<int> a = _cell.BorrowExclusive())
        {
            a.Value++;
        }

        using SharedBorrow<int> b = _cell.BorrowShared();
        Assert.Equal(2, b.Value);
    }

    [Fact]
    public void A_second_exclusive_borrow_throws()
    {
        using ExclusiveBorrow<int> a = _cell.BorrowExclusive();
        Assert.Throws<BorrowException>(_cell.BorrowExclusive);
        Assert.Null(_cell.TryBorrowExclusive());
    }

    [Fact]
    public void Nobody_looks_while_somebody_changes_and_nobody_changes_while_somebody_looks()
    {
        using (_cell.BorrowExclusive())
        {
            Assert.Throws<BorrowException>(_cell.BorrowShared);
            Assert.Null(_cell.TryBorrowShared());
        }

        using SharedBorrow<int> a = _cell.BorrowShared();
        Assert.Throws<BorrowException>(_cell.BorrowExclusive);
        Assert.NotNull(_cell.TryBorrowShared());
    }

    [Fact]
    public void A_borrow_ends_once_and_is_of_no_use_afterwards()
    {
        SharedBorrow<int> looking = _cell.BorrowShared();
        SharedBorrow<int> alsoLooking = _cell.BorrowShared();
        looking.Dispose();
        looking.Dispose();
        Assert.Throws<BorrowException>(_cell.BorrowExclusive);
        Assert.Throws<ObjectDisposedException>(() => looking.Value);
        alsoLooking.Dispose();

        ExclusiveBorrow<int> first = _cell.BorrowExclusive();
        first.Dispose();
        using ExclusiveBorrow<int> second = _cell.BorrowExclusive();
        first.Dispose();
        Assert.Throws<BorrowException>(_cell.BorrowExclusive);
        Assert.Throws<ObjectDisposedException>(() => first.Value);
    }

    [Fact(Timeout = 60_000)]
    public async Task On_many_threads_no_exclusive_borrow_ever_has_company()
    {
        var cell = new RefCell<(int Low, int High)>((0, 0));
        int changed = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 50_000; i++)
            {
                using (SharedBorrow<(int Low, int High)>? looking = cell.TryBorrowShared())
                {
                    Assert.True(looking is null || looking.Value.Low == looking.Value.High);
                }

                using ExclusiveBorrow<(int Low, int High)>? changing = cell.TryBorrowExclusive();
                if (changing is not null)
                {
                    changing.Value.Low++;
                    changing.Value.High++;
                    changed++;
                }
            }
        })));

        using SharedBorrow<(int Low, int High)> end = cell.BorrowShared();
        Assert.Equal((changed, changed), end.Value);
    }
}
