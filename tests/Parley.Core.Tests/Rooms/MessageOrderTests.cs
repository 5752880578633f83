using System.Globalization;
using Parley.Core.Delivery;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Rooms;

/// <summary>Invariant 1: all members see a room's messages in one order, without duplicates.</summary>
public sealed class MessageOrderTests
{
    private const int Authors = 4;
    private const int PostsEach = 500;

    private readonly TestBroker _test = new();
    private readonly Barrier _start = new(Authors + 3);
    private int _authorsAtWork = Authors;

    [Fact]
    public async Task Every_view_is_one_run_without_gaps_while_others_post_join_leave_rename_and_switch_flavors()
    {
        var flavors = new[] { new PlainFlavor(numbered: true), new PlainFlavor(numbered: true) };
        var keeper = await TestBroker.SignInAsync("Keeper", NewSession(flavors[0]), "main");
        var switcher = await TestBroker.SignInAsync("Switcher", NewSession(flavors[1]), "main");
        var guest = await TestBroker.SignInAsync("Guest", NewSession(flavors[1]));
        var changer = await TestBroker.SignInAsync("Changer", NewSession(flavors[0]), "main");
        var authors = new TestSession[Authors];
        for (var i = 0; i < Authors; i++)
        {
            authors[i] = await TestBroker.SignInAsync($"Author{i}", NewSession(flavors[i % 2]), "main");
        }

        Background<bool>[] work =
        [
            .. authors.Select(author => BackgroundWork.Run(() => Post(author))),
            WhileAuthorsWork(round => switcher.Session.SetFlavor(flavors[round % 2])),
            WhileAuthorsWork(round => Decide(round % 2 == 0 ? guest.JoinAsync("main") : guest.LeaveAsync("main"))),
            WhileAuthorsWork(round => Decide(changer.RenameAsync($"Changer{round % 2}"))),
        ];
        foreach (var each in work)
        {
            each.Result();
        }

        await guest.LeaveAsync("main");
        await keeper.MustPostAsync("main", "end");
        foreach (var member in (TestSession[])[keeper, switcher, changer, .. authors])
        {
            MustBeOneRun(await UpToEndAsync(member));
        }

        foreach (var stay in Stays(guest.Waiting()))
        {
            MustBeOneRun(stay);
        }
    }

    /// <summary>With an outbox that takes all of it: nobody reads before the end.</summary>
    private TestSession NewSession(PlainFlavor flavor) => _test.NewSession(flavor, new OutboxOptions { MaxBytes = int.MaxValue });

    private static void Decide<T>(ValueTask<T> call) => Assert.True(call.IsCompleted);

    private static async Task<List<string>> UpToEndAsync(TestSession member)
    {
        var lines = new List<string>();
        do
        {
            lines.Add(await member.NextAsync());
        }
        while (!lines[^1].EndsWith(": end", StringComparison.Ordinal));

        return lines;
    }

    private static IEnumerable<List<string>> Stays(string[] lines)
    {
        var stay = new List<string>();
        foreach (var line in lines)
        {
            if (line.Contains("| welcome ", StringComparison.Ordinal))
            {
                yield return stay;
                stay = [];
            }
            else
            {
                stay.Add(line);
            }
        }

        yield return stay;
    }

    /// <summary>Numbers go up by one: nothing is missing, nothing comes twice, nothing overtakes.</summary>
    private static void MustBeOneRun(List<string> lines)
    {
        var previous = 0L;
        foreach (var line in lines)
        {
            var number = long.Parse(line[5..line.IndexOf('|', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
            Assert.True(previous == 0 || number == previous + 1, $"{number} after {previous}: {line}");
            previous = number;
        }
    }

    private void Post(TestSession author)
    {
        _start.SignalAndWait();
        for (var i = 0; i < PostsEach; i++)
        {
            var posting = author.PostAsync("main", $"{i}").AsTask();
            Assert.True(((IAsyncResult)posting).AsyncWaitHandle.WaitOne(TestSession.Patience));
        }

        Interlocked.Decrement(ref _authorsAtWork);
    }

    private Background<bool> WhileAuthorsWork(Action<int> step) => BackgroundWork.Run(() =>
    {
        _start.SignalAndWait();
        for (var round = 0; Volatile.Read(ref _authorsAtWork) > 0; round++)
        {
            step(round);
        }
    });
}
