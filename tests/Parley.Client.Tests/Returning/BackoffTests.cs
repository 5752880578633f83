namespace Parley.Client.Tests.Returning;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, 0.5, 1)]
    [InlineData(3, 4, 8)]
    [InlineData(1000, 30, 60)]
    public void A_delay_lies_between_half_of_it_and_all_of_it(int failures, double leastSeconds, double mostSeconds)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), new Random(1));
        double[] delays = [.. Enumerable.Range(0, 1000).Select(_ => backoff.After(failures).TotalSeconds)];

        Assert.All(delays, delay => Assert.InRange(delay, leastSeconds, mostSeconds));
        Assert.True(delays.Max() - delays.Min() > 0.4 * mostSeconds);
    }
}
