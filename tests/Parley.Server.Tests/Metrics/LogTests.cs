using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Parley.Server.Tests.Metrics;

/// <summary>Entries of the log are found by their number, which operators filter by.</summary>
public sealed class LogTests
{
    [Fact]
    public void Each_number_belongs_to_one_entry()
    {
        var numbers = typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId)
            .OfType<int>()
            .ToArray();

        Assert.True(numbers.Length > 50, $"only {numbers.Length} entries were found");
        Assert.Empty(numbers.GroupBy(number => number).Where(group => group.Count() > 1).Select(group => group.Key));
    }
}
