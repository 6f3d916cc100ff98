// Counts down what the server said is left. Without this file the page says until when, and how long that was when it
// was opened. The server alone decides when the time is up; this clock only shows it, a minute at a time.

const clock = document.getElementById("time");

if (clock) {
  const left = clock.querySelector("[data-left]");
  const over = clock.querySelector("[data-over]");
  const status = clock.querySelector("[role=status]");
  const end = Date.now() + Number(clock.dataset.seconds) * 1000;
  const ANNOUNCED = [5, 1];
  let told = Math.ceil(Number(clock.dataset.seconds) / 60);

  function inWords(seconds) {
    if (seconds < 60) return "less than a minute left";
    const [hours, minutes] = [Math.floor(Math.ceil(seconds / 60) / 60), Math.ceil(seconds / 60) % 60];
    const parts = [[hours, "hour"], [minutes, "minute"]].filter(([count]) => count > 0);
    return `${parts.map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`).join(" ")} left`;
  }

  // A screen reader hears of five minutes and of one, once each, when it has finished what it is saying.
  function announce(minutes) {
    const passed = ANNOUNCED.find((at) => minutes <= at && told > at);
    if (passed) status.textContent = `${minutes} ${minutes === 1 ? "minute" : "minutes"} left.`;
    told = Math.min(told, minutes);
  }

  function show() {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    if (seconds <= 0) return stop();
    const words = inWords(seconds);
    if (left.textContent !== words) left.textContent = words;
    announce(Math.ceil(seconds / 60));
  }

  function stop() {
    clearInterval(ticking);
    left.closest("p").hidden = true;
    over.hidden = false;
    status.textContent = "Your time is up. What you have saved counts.";
    document.dispatchEvent(new Event("timeup"));
  }

  const ticking = setInterval(show, 1000);
  document.addEventListener("visibilitychange", show);
  show();
}
