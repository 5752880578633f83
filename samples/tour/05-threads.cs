#:property PublishAot=false

// Starting threads and joining them
//
// A thread runs a method beside its starter. Join waits until it has ended; everything the thread wrote before its end is
// visible to the one who joined. So a result can be handed over in a plain variable, as long as it is read after the join.
// Most of the time Task.Run says the same in fewer words: the task carries the result, and awaiting it is the join.
//
// The trap: without the join the program reads results that are not there yet, and nothing warns. A thread in the
// background (IsBackground, and every thread of the pool) does not even keep the program alive.
//
// In Parley: src/Parley.Server/Transport/Loop/SocketLoop.cs starts one thread per processor, and they live as long as the
// process; src/Parley.Cli/Chat/StandardInputReader.cs keeps a thread for a read that cannot be cancelled.
//
// Output:
//   the sum of 1 to 1000 is 500500
//   a task says 500500, too
//   on a thread of the pool: True

long sum = 0;
var adder = new Thread(() => sum = Enumerable.Range(1, 1000).Sum()) { Name = "adder" };
adder.Start();
adder.Join();
Console.WriteLine($"the sum of 1 to 1000 is {sum}");

Task<int> task = Task.Run(() => Enumerable.Range(1, 1000).Sum());
Console.WriteLine($"a task says {await task}, too");

// A task runs on a thread of the pool, which belongs to nobody: it goes on to other work when this is done.
Console.WriteLine($"on a thread of the pool: {await Task.Run(() => Thread.CurrentThread.IsThreadPoolThread)}");
