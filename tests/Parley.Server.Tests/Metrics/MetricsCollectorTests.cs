using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Metrics;
using Parley.TestKit;

namespace Parley.Server.Tests.Metrics;

public sealed class MetricsCollectorTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Meter _meter;
    private readonly MetricsCollector _collector;

    public MetricsCollectorTests()
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        _meter = factory.Create(ParleyMetrics.MeterName);
        _collector = new MetricsCollector(factory);
    }

    [Fact]
    public void Counters_add_up_by_labels()
    {
        var counter = _meter.CreateCounter<long>("c");
        counter.Add(1, Label("x", "1"));
        counter.Add(2, Label("x", "2"));
        counter.Add(4, Label("x", "1"));
        Assert.Equal([5, 2], Find("c").Series.Select(series => series.Value));
    }

    [Fact]
    public void What_is_set_is_not_added_up()
    {
        var gauge = _meter.CreateGauge<double>("g");
        gauge.Record(5);
        gauge.Record(2.5);
        Assert.Equal(2.5, Assert.Single(Find("g").Series).Value);
    }

    [Fact]
    public void What_goes_up_and_down_keeps_its_value_from_one_look_to_the_next()
    {
        var up = _meter.CreateUpDownCounter<int>("u");
        up.Add(3);
        Assert.Equal(3, Assert.Single(Find("u").Series).Value);
        up.Add(-1);
        Assert.Equal(2, Assert.Single(Find("u").Series).Value);
    }

    [Fact]
    public void What_is_observed_is_what_it_is_now_and_what_is_gone_is_not_told()
    {
        var values = new Dictionary<string, long> { ["a"] = 1, ["b"] = 2 };
        _meter.CreateObservableCounter("o", () => values.Select(value => new Measurement<long>(value.Value, Label("x", value.Key))));
        Assert.Equal([1, 2], Find("o").Series.Select(series => series.Value));
        values["a"] = 10;
        values.Remove("b");
        Assert.Equal(10, Assert.Single(Find("o").Series).Value);
    }

    [Fact]
    public void A_value_that_is_a_bound_belongs_below_it()
    {
        var histogram = _meter.CreateHistogram("h", "s", "", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] });
        foreach (var value in (double[])[0.5, 1, 1.5, 2, 3])
        {
            histogram.Record(value);
        }

        var series = Assert.Single(Find("h").Series);
        Assert.Equal([2, 2, 1], series.Counts);
        Assert.Equal(8, series.Value);
    }

    [Fact]
    public void Labels_without_end_do_not_take_memory_without_end()
    {
        var counter = _meter.CreateCounter<long>("many");
        for (var i = 0; i < Metric.MaxSeries * 2; i++)
        {
            counter.Add(1, Label("x", i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        var series = Find("many").Series;
        Assert.Equal(Metric.MaxSeries + 1, series.Count);
        Assert.Equal(Metric.MaxSeries, series[^1].Value);
        Assert.Equal("overflow", Assert.Single(series[^1].Labels).Key);
    }

    [Fact]
    public void An_instrument_that_cannot_be_observed_does_not_hide_the_others()
    {
        _meter.CreateObservableGauge<int>("broken", int () => throw new InvalidOperationException());
        _meter.CreateObservableGauge("whole", () => 1);
        Assert.Empty(Find("broken").Series);
        Assert.Single(Find("whole").Series);
    }

    [Fact]
    public void Another_servers_instruments_of_the_same_name_are_not_told()
    {
        using var others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        others.GetRequiredService<IMeterFactory>().Create(ParleyMetrics.MeterName).CreateCounter<long>("c").Add(1);
        Assert.DoesNotContain(_collector.Collect(), metric => metric.Name == "c");
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_threads_count_while_somebody_looks()
    {
        var histogram = _meter.CreateHistogram<int>("h");
        var counting = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                histogram.Record(1, Label("x", "y"));
            }
        })).ToArray();
        while (counting.Any(thread => !thread.IsCompleted))
        {
            _collector.Collect();
        }

        await Task.WhenAll(counting).WithinSafetyAsync();
        Assert.Equal(40_000, Assert.Single(Find("h").Series).Counts.Sum());
    }

    public void Dispose()
    {
        _collector.Dispose();
        _services.Dispose();
    }

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);

    private MetricSnapshot Find(string name) => _collector.Collect().Single(metric => metric.Name == name);
}
