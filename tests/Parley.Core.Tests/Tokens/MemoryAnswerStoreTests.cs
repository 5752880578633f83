using Parley.Core.Tokens;
using Parley.Specification;

namespace Parley.Core.Tests.Tokens;

public sealed class MemoryAnswerStoreTests : AnswerStoreSpecification
{
    protected override IAnswerStore Store { get; } = new MemoryAnswerStore();

    [Fact]
    public async Task Past_the_largest_number_the_oldest_answers_are_forgotten()
    {
        var time = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        for (var number = 0; number <= RememberedAnswer.MaxCount; number++)
        {
            await Store.AddAsync(new(1, $"{number}", default, time, default), TestContext.Current.CancellationToken);
        }

        Assert.Null(await Store.FindAsync(1, "0", time, TestContext.Current.CancellationToken));
        Assert.NotNull(await Store.FindAsync(1, "1", time, TestContext.Current.CancellationToken));
    }
}
