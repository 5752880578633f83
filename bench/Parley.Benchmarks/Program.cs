using System.Globalization;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using Parley.Benchmarks;
using Parley.Benchmarks.History;
using Parley.Storage.PostgreSql;

const string Quick = "--quick";

if (args is ["history", var directory, var messages])
{
    await new HistoryMeasurement(directory, int.Parse(messages, CultureInfo.InvariantCulture)).RunAsync();
    return;
}

if (args is ["postgresql", var database] && DatabaseAddress.TryParse(database, out var address))
{
    await new DatabaseBatches(address).RunAsync();
    return;
}

var quick = args.Contains(Quick, StringComparer.Ordinal);
string[] rest = [.. args.Where(arg => arg != Quick)];
if (!quick)
{
    BenchmarkSwitcher.FromAssembly(typeof(Configurations).Assembly).Run(rest, Configurations.Thorough);
    return;
}

Console.Error.WriteLine("All benchmarks, a few seconds each; the table comes at the end.");
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Configurations).Assembly)
    .Run(rest.Length == 0 ? ["--filter", "*"] : rest, Configurations.Quick);
var table = new AccumulationLogger();
foreach (var summary in summaries)
{
    MarkdownExporter.Console.ExportToLog(summary, table);
}

Console.Write(table.GetLog());
